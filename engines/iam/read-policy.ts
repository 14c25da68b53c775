import type { Json } from '../../asl/json/value.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { readJson } from '../../project/files.ts';

/**
 * The policy that `dagwright compile` wrote beside a machine.
 * @param machine the machine's file, as messages call it
 * @throws Stop with SIM020 where there is none, SIM001 where it is not JSON
 * @example
 * await policyBeside('dist/datalake/step_function.json', 'dist/datalake/policy.json');
 */
export async function policyBeside(machine: string, file: string): Promise<Json> {
  try {
    return await readJson(file);
  } catch (error) {
    if (!(error instanceof Stop) || error.diagnostics[0]?.code !== 'CLI001') throw error;
    throw new Stop(
      diagnose('SIM020', {
        file: machine,
        wanted: `${file} is not there`,
        remedy: 'Compile the DAG: `dagwright compile`.',
      }),
      1,
    );
  }
}
