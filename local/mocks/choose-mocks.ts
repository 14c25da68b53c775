import { diagnose, Stop } from '../../diagnostics/index.ts';
import { isMockConfig, type MockConfig, readMockConfig } from './mock-config.ts';
import type { Mocks } from './mocks.ts';
import { readMocks } from './read-mocks.ts';

export interface Choice {
  /** Of a mock configuration: the test case. */
  readonly testCase?: string;
  /** Of a mock configuration: the state machine's name there; without it the only one, or the one of a name in `names`. */
  readonly machine?: string;
  /** What the machine at hand is called. */
  readonly names?: readonly string[];
}

/** The mocks of a run: those given, or those of a test case in a mock configuration. */
export function chooseMocks(value: unknown, { testCase, machine, names = [] }: Choice): Mocks {
  if (!isMockConfig(value)) {
    if (testCase === undefined && machine === undefined) return readMocks(value);
    throw new Stop(diagnose('SIM009', { given: testCase ?? (machine as string) }));
  }
  const config = readMockConfig(value);
  const chosen = machine ?? machineOf(config, names);
  if (testCase === undefined)
    throw new Stop(diagnose('SIM008', { kind: 'test case', known: config.testCases(chosen) }));
  return config.mocks(chosen, testCase);
}

function machineOf({ machines }: MockConfig, names: readonly string[]): string {
  const found = machines.length === 1 ? machines[0] : names.find((name) => machines.includes(name));
  if (found !== undefined) return found;
  throw new Stop(diagnose('SIM008', { kind: 'state machine', known: machines }));
}
