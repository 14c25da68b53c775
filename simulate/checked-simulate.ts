import type { TaskHandler } from '../asl/interpret/options.ts';
import { jsonFault } from '../asl/json/fault.ts';
import { isObject } from '../asl/json/value.ts';
import { isDistributed, scopesOf, walkStates } from '../asl/language/states.ts';
import type { StateMachine } from '../asl/language/types.ts';
import { readMachine } from '../asl/validate/machine-shape.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose, isError, Stop } from '../diagnostics/index.ts';
import { inputWarnings, notRefused } from '../manifest/input-form.ts';
import { checkMocks } from './mocks/check-mocks.ts';
import { chooseMocks, ofOneBranch } from './mocks/choose-mocks.ts';
import { lackingSamples } from './mocks/lacking-samples.ts';
import { type Lack, missingMembers } from './mocks/missing-members.ts';
import { type SimulateOptions, type Simulation, simulateMachine } from './simulate.ts';

export interface CheckedOptions extends SimulateOptions {
  /**
   * Whether mocked responses are held against what the services answer: a member that the service does not have, a wrong type, and mocks of
   * states that the machine has not stop the simulation. Default true.
   */
  readonly checkMocks?: boolean;
  /** Told, when the run is over, of what may be wrong in the mocks. Default: it is emitted as a warning of the process. */
  readonly onWarning?: (warning: Diagnostic) => void;
  /**
   * Of a compiled DAG: the names of its params. What its input has and no run takes is warned of; without this, where the machine is seen
   * to be a compiled one, too, but the params are not known by name.
   */
  readonly params?: readonly string[];
  /** Of a mock configuration: what the machine at hand is called. */
  readonly names?: readonly string[];
}

/**
 * Runs a state machine in virtual time with its tasks mocked, after checking the mocks. Nothing is sent anywhere, and the same arguments
 * give the same result. A run that fails is a result, not an exception.
 *
 * @throws Stop if the definition, the mocks or `now` are not valid
 * @example
 * ```ts
 * const machine = {
 *   StartAt: 'count',
 *   States: { count: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
 * };
 * const { status, output, seconds } = await simulate(machine, {
 *   input: { n: 1 },
 *   mocks: { count: { '0': { Throw: { Error: 'Lambda.TooManyRequestsException' } } } },
 * });
 * ```
 */
export async function simulateChecked(
  definition: unknown,
  options: CheckedOptions = {},
  guard?: { guarding(tasks: TaskHandler): TaskHandler },
): Promise<Simulation> {
  checkOptions(options);
  const {
    checkMocks: checks = true,
    onWarning = emitted,
    testCase,
    machine: machineName,
    names,
    params,
    ...rest
  } = options;
  const machine = readMachine(definition);
  const ofInput = inputWarnings(machine, options.input, params);
  const chosen = ofOneBranch(machine, chooseMocks(options.mocks ?? {}, options));
  const found = checks ? await checkMocks(machine, chosen) : [];
  if (found.some(isError)) throw new Stop(found);
  const lacks = checks ? await missingMembers(machine, chosen) : [];
  const simulation = await simulateMachine(
    machine,
    { ...rest, mocks: chosen.mocks },
    guard && ((tasks) => guard.guarding(tasks)),
  );
  const ofSamples = options.samples ? lackingSamples(machine, options.samples, chosen.mocks, simulation) : [];
  const ofMocks = [...found, ...withEffect(lacks, machine, simulation)];
  for (const warning of [...notRefused(ofInput, simulation.error), ...ofMocks, ...ofSamples]) onWarning(warning);
  return simulation;
}

/** Errors that a value that is not there leads to. */
const OF_MISSING: ReadonlySet<string | undefined> = new Set([
  'States.QueryEvaluationError',
  'States.Runtime',
  'States.ParameterPathFailure',
]);

/** Whether a simulation failed as a run does in which a value is missing. */
export function lacksValue({ error }: Simulation): boolean {
  return OF_MISSING.has(error);
}

/** What mocks lack that made a difference: a state read it that was entered, or the run failed as it does where a value is missing. */
function withEffect(lacks: readonly Lack[], machine: StateMachine, simulation: Simulation): readonly Diagnostic[] {
  if (lacks.length === 0) return [];
  const entered = new Set(simulation.events.map(({ name }) => name));
  // The states of a distributed Map have histories of their own.
  for (const { state } of walkStates(machine))
    if (isDistributed(state))
      for (const scope of scopesOf(state)) for (const inside of walkStates(scope)) entered.add(inside.name);
  return lacks
    .filter(({ readers }) => lacksValue(simulation) || readers.some((reader) => entered.has(reader)))
    .map(({ diagnostic }) => diagnostic);
}

function emitted({ code, message, remedy }: Diagnostic): void {
  process.emitWarning(`${message} ${remedy}`, { type: 'DagwrightWarning', code });
}

/** What is wrong with a value; undefined where it fits. */
type Check = (value: unknown) => string | undefined;

const of =
  (fits: (value: unknown) => boolean, detail: string): Check =>
  (value) =>
    fits(value) ? undefined : detail;
const isTexts = (value: unknown) =>
  Array.isArray(value) && Array.from(value as unknown[]).every((one) => typeof one === 'string');
const text = of((value) => typeof value === 'string', 'is not a text');
const fn = of((value) => typeof value === 'function', 'is not a function');

/** A check of each option: one that is added and has none is a type error. */
export const SIMULATE_OPTIONS: { readonly [K in keyof Required<CheckedOptions>]: Check } = {
  input: (value) => json(value),
  // SIM003 says more of them.
  mocks: (value) => json(value, true),
  testCase: text,
  machine: text,
  samples: (value) => (isObject(value) ? json(value, true) : 'is no object of samples by the name of a state'),
  now: of((value) => typeof value === 'string' || typeof value === 'number', 'is neither a text nor a number'),
  type: of((value) => value === 'STANDARD' || value === 'EXPRESS', 'is neither "STANDARD" nor "EXPRESS"'),
  seed: of((value) => typeof value === 'number' && Number.isFinite(value), 'is not a number'),
  signal: of((value) => value instanceof AbortSignal, 'is no AbortSignal'),
  onCall: fn,
  checkMocks: of((value) => typeof value === 'boolean', 'is neither true nor false'),
  onWarning: fn,
  params: of(isTexts, 'is no list of texts'),
  names: of(isTexts, 'is no list of texts'),
};

/** @throws Stop with everything that is wrong with the options, unknown ones among it */
export function checkOptions(options: unknown, checks: { readonly [name: string]: Check } = SIMULATE_OPTIONS): void {
  const wrong = (name: string, detail: string): Diagnostic => diagnose('SIM005', { name, detail });
  if (!isObject(options)) throw new Stop(wrong('options', 'is no object'));
  const known = Object.keys(checks);
  const faults = read(() => Object.entries(options as object)).flatMap(([name, value]) => {
    if (!Object.hasOwn(checks, name)) {
      const near = nearest(name, known);
      const instead = near === undefined ? `: there are ${known.join(', ')}` : `; did you mean "${near}"`;
      return [wrong(name, `is no option${instead}`)];
    }
    const detail = value === undefined ? undefined : read(() => checks[name]!(value));
    return detail === undefined ? [] : [wrong(name, detail)];
  });
  if (faults.length > 0) throw new Stop(faults);

  function read<T>(entries: () => T): T {
    try {
      return entries();
    } catch (error) {
      throw new Stop(wrong('options', `cannot be read${error instanceof Error ? `: ${error.message}` : ''}`));
    }
  }
}

/** What is sent through an execution is JSON, and nothing that turns into something else on the way. */
function json(value: unknown, absent = false): string | undefined {
  const fault = jsonFault(value, { absent });
  return fault && `is no JSON: ${fault.path.length === 0 ? 'it' : fault.path.join('.')} ${fault.detail}`;
}
