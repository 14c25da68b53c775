import { diagnose, Stop } from '../../diagnostics/index.ts';
import { isMockConfig, type MockConfig, readMockConfig } from './mock-config.ts';
import type { Mocks } from './mocks.ts';
import { checkJson, readMocks } from './read-mocks.ts';

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
