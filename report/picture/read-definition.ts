import { parseJson } from '../../asl/json/parse.ts';
import { isObject, type Json } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { readMachine } from '../../asl/validate/machine-shape.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { nameOf, readJson } from '../../project/read-file.ts';

/** A machine's definition: as it is, or in what DescribeStateMachine and DescribeStateMachineForExecution answer. */
export async function readDefinition(file: string): Promise<{ machine: StateMachine; name?: string }> {
  const found = await readJson(file);
  if (!isObject(found) || typeof found.definition !== 'string') return { machine: readMachine(found) };
  let definition: Json;
  try {
    definition = parseJson(found.definition);
  } catch (error) {
    throw new Stop(diagnose('SIM001', { file: `"definition" in ${nameOf(file)}`, detail: (error as Error).message }));
  }
  const { name } = found;
  return { machine: readMachine(definition), ...(typeof name === 'string' && { name }) };
}
