import { type Diagnostic, Stop } from '../diagnostics/index.ts';
import { readMachine } from './machine-shape.ts';
import { checkMocks } from './mocks/check-mocks.ts';
import { chooseMocks } from './mocks/choose-mocks.ts';
import { type SimulateOptions, type Simulation, simulate } from './simulate.ts';

export interface CheckedOptions extends SimulateOptions {
  /**
   * Whether mocked responses are held against what the services answer: a member that the service does not have, a wrong type, and mocks of
   * states that the machine has not stop the simulation. Default true.
   */
  readonly checkMocks?: boolean;
  /** Told, when the run is over, of what may be wrong in the mocks. Default: it is emitted as a warning of the process. */
  readonly onWarning?: (warning: Diagnostic) => void;
  /** Of a mock configuration: what the machine at hand is called. */
  readonly names?: readonly string[];
}

/**
 * Runs a state machine in virtual time, its tasks mocked, after the mocks have been checked. Nothing is sent anywhere, and the same
 * arguments give the same answer. Stops (with a `Stop`) where the definition, the mocks or `now` are not what they should be; a run that
 * fails is an answer.
 * @example await simulate(machine, { input: { n: 1 }, mocks: { count: { '0': { Return: { Count: 1 } } } } })
 */
export async function simulateChecked(definition: unknown, options: CheckedOptions = {}): Promise<Simulation> {
  const { checkMocks: checks = true, onWarning = emitted, testCase, machine: machineName, names, ...rest } = options;
  const machine = readMachine(definition);
  const chosen = chooseMocks(options.mocks ?? {}, options);
  const found = checks ? await checkMocks(machine, chosen) : [];
  if (found.some(isError)) throw new Stop(found);
  const simulation = await simulate(machine, { ...rest, mocks: chosen.mocks });
  for (const warning of found) onWarning(warning);
  return simulation;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function emitted({ code, message, remedy }: Diagnostic): void {
  process.emitWarning(`${message} ${remedy}`, { type: 'DagwrightWarning', code });
}
