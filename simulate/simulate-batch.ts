import { parseJson } from '../asl/json/parse.ts';
import { isObject, type Json } from '../asl/json/value.ts';
import { readMachine } from '../asl/validate/machine-shape.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { inputFaults, takesRunInput } from '../manifest/input-form.ts';
import { checkMocks } from './mocks/check-mocks.ts';
import { chooseMocks, ofOneBranch } from './mocks/choose-mocks.ts';
import { type SimulateOptions, type Simulation, simulate } from './simulate.ts';

/** The answer to one line. A line that cannot be run has the status INVALID, the reason as its cause, and no events. */
export type BatchAnswer = { readonly id: Json } & (
  | Simulation
  | { readonly status: 'INVALID'; readonly cause: string; readonly seconds: 0; readonly events: readonly [] }
);

/** Told of what is odd about a line, which is run as it is. Without it that is not looked for. */
export interface LineListeners {
  /** What is wrong in its mocks; where the line says `"checkMocks": false`, they are not checked. */
  readonly onMockFaults?: (faults: readonly string[]) => void;
  /** What its input has that no run of the DAG takes, where its definition was compiled from one. */
  readonly onInputFaults?: (faults: readonly string[]) => void;
}

/**
 * Runs the simulation that a line of a batch describes: `{id, definition, input?, mocks?, testCase?, machine?, now?, type?, seed?,
 * checkMocks?}`. Never throws: the lines after it have a right to their answers.
 */
export async function simulateLine(
  line: string,
  { onMockFaults, onInputFaults }: LineListeners = {},
): Promise<BatchAnswer> {
  let id: Json = null;
  try {
    const fields = parseLine(line);
    if (fields.id !== undefined) id = fields.id;
    const { definition } = fields;
    if (definition === undefined) throw wrong('definition', 'is missing');
    const options = optionsOf(fields);
    const simulation = await simulate(definition, options);
    if (onInputFaults !== undefined && fields.input !== undefined && takesRunInput(readMachine(definition))) {
      const faults = inputFaults(fields.input).map(({ detail }) => detail);
      if (faults.length > 0) onInputFaults(faults);
    }
    if (onMockFaults !== undefined && fields.checkMocks !== false) {
      const machine = readMachine(definition);
      const found = await checkMocks(machine, ofOneBranch(machine, chooseMocks(options.mocks ?? {}, options)));
      const faults = found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      if (faults.length > 0) onMockFaults(faults);
    }
    return { id, ...simulation };
  } catch (error) {
    return { id, status: 'INVALID', cause: reasonOf(error), seconds: 0, events: [] };
  }
}

function parseLine(line: string): { readonly [field: string]: Json | undefined } {
  let value: Json;
  try {
    value = parseJson(line);
  } catch (error) {
    throw new Stop(diagnose('SIM001', { file: 'The line', detail: (error as Error).message }));
  }
  if (isObject(value)) return value;
  throw new Stop(diagnose('SIM001', { file: 'The line', detail: 'it is no JSON object' }));
}

function optionsOf(fields: { readonly [field: string]: Json | undefined }): SimulateOptions {
  const { input, mocks, testCase, machine, now, type, seed, checkMocks: checks } = fields;
  if (now !== undefined && now !== null && typeof now !== 'string' && typeof now !== 'number') {
    throw wrong('now', 'is neither a text nor a number');
  }
  if (type !== undefined && type !== null && type !== 'STANDARD' && type !== 'EXPRESS') {
    throw wrong('type', 'is neither "STANDARD" nor "EXPRESS"');
  }
  for (const [name, value] of Object.entries({ testCase, machine })) {
    if (value !== undefined && value !== null && typeof value !== 'string') throw wrong(name, 'is not a text');
  }
  if (checks !== undefined && checks !== null && typeof checks !== 'boolean') {
    throw wrong('checkMocks', 'is neither true nor false');
  }
  if (seed !== undefined && seed !== null && typeof seed !== 'number') throw wrong('seed', 'is not a number');
  return {
    ...(input !== undefined && { input }),
    ...(mocks !== undefined && mocks !== null && { mocks }),
    ...(typeof testCase === 'string' && { testCase }),
    ...(typeof machine === 'string' && { machine }),
    ...(now != null && { now }),
    ...(type != null && { type }),
    ...(seed != null && { seed }),
  };
}

function wrong(name: string, detail: string): Stop {
  return new Stop(diagnose('SIM005', { name, detail }));
}

function reasonOf(error: unknown): string {
  if (error instanceof Stop) return error.diagnostics.map(({ message }) => message).join(' ');
  return `dagwright failed in itself; please report this: ${error instanceof Error ? error.stack : String(error)}`;
}
