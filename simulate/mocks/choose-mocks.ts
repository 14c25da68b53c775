import { findState, nextStates, walkStates } from '../../asl/language/states.ts';
import type { State, States } from '../../asl/language/types.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Mocks } from './mocks.ts';
import { checkJson, isMockConfig, type MockConfig, readMockConfig, readMocks } from './read-mocks.ts';

export interface Choice {
  /** Of a mock configuration: the test case. */
  readonly testCase?: string;
  /** Of a mock configuration: the state machine's name there; without it the only one, or the one of a name in `names`. */
  readonly machine?: string;
  /** What the machine at hand is called. */
  readonly names?: readonly string[];
}

export interface Chosen {
  readonly mocks: Mocks;
  /** Where the responses of a state stand in what was given. */
  readonly placeOf: (state: string) => readonly string[];
  /** Where the state itself is named there. */
  readonly namedAt: (state: string) => readonly string[];
}

/** The mocks of a run: those given, or those of a test case in a mock configuration. */
export function chooseMocks(value: unknown, { testCase, machine, names = [] }: Choice): Chosen {
  checkJson(value);
  if (!isMockConfig(value)) {
    if (testCase === undefined && machine === undefined)
      return { mocks: readMocks(value), placeOf: (state) => [state], namedAt: (state) => [state] };
    throw new Stop(diagnose('SIM009', { given: testCase ?? (machine as string) }));
  }
  const config = readMockConfig(value);
  const chosen = machine ?? machineOf(config, names);
  if (testCase === undefined)
    throw new Stop(diagnose('SIM008', { kind: 'test case', known: config.testCases(chosen) }));
  const responses = config.responseNames(chosen, testCase);
  return {
    mocks: config.mocks(chosen, testCase),
    placeOf: (state) => ['MockedResponses', responses[state] as string],
    namedAt: (state) => ['StateMachines', chosen, 'TestCases', testCase, state],
  };
}

function machineOf({ machines }: MockConfig, names: readonly string[]): string {
  const found = machines.length === 1 ? machines[0] : names.find((name) => machines.includes(name));
  if (found !== undefined) return found;
  throw new Stop(diagnose('SIM008', { kind: 'state machine', known: machines }));
}

/**
 * Mocks under the name of a Parallel of one branch in which one state alone calls something while all goes well are that state's. Such a Parallel is how several
 * states are retried and caught as one: a task of a DAG whose call's answer is looked at. Its mocks stay the same whether it is tried again
 * or not.
 */
export function ofOneBranch(machine: States, chosen: Chosen): Chosen {
  const givenAs = new Map<string, string>();
  for (const name of Object.keys(chosen.mocks)) {
    const caller = onlyCallerIn(findState(machine, name));
    if (caller !== undefined && !Object.hasOwn(chosen.mocks, caller)) givenAs.set(caller, name);
  }
  if (givenAs.size === 0) return chosen;
  const callerOf = new Map([...givenAs].map(([caller, name]) => [name, caller]));
  const given = (state: string) => givenAs.get(state) ?? state;
  return {
    mocks: Object.fromEntries(
      Object.entries(chosen.mocks).map(([name, responses]) => [callerOf.get(name) ?? name, responses]),
    ),
    placeOf: (state) => chosen.placeOf(given(state)),
    namedAt: (state) => chosen.namedAt(given(state)),
  };
}

/** Whether a state can be mocked: tasks, and Maps that read their items. */
export function calls(state: State): boolean {
  return state.Type === 'Task' || (state.Type === 'Map' && state.ItemReader !== undefined);
}

/** The state in a Parallel of one branch that alone calls something while all goes well; undefined where there is none, or several. */
export function onlyCallerIn(state: State | undefined): string | undefined {
  if (state?.Type !== 'Parallel' || state.Branches.length !== 1) return undefined;
  const [branch] = state.Branches as [States];
  const well = onwardStates(branch);
  const [first, ...others] = [...walkStates(branch)].filter(
    ({ name, state: inner }) => calls(inner) && (well.has(name) || !Object.hasOwn(branch.States, name)),
  );
  return others.length === 0 ? first?.name : undefined;
}

/** The states that a scope can come to without a Catch. */
function onwardStates({ StartAt, States: states }: States): ReadonlySet<string> {
  const found = new Set([StartAt]);
  for (const name of found) for (const next of nextStates(states[name]!)) found.add(next);
  return found;
}
