import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Mocks } from './mocks.ts';
import { checkJson, object, readResponses } from './read-mocks.ts';

/**
 * Step Functions Local's `MockConfigFile.json`: test cases of state machines, which name their responses.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export interface MockConfig {
  /** The names of its state machines. */
  readonly machines: readonly string[];
  /** The names of a machine's test cases. Stops where it has no such machine. */
  testCases(machine: string): readonly string[];
  /**
   * The mocks of a test case. As in Step Functions Local a response that no test case asks for is not looked at. Stops, with the
   * names there are, where it has no such machine, test case or response.
   */
  mocks(machine: string, testCase: string): Mocks;
  /** Which of `MockedResponses` each state of a test case takes. Stops as `mocks` does. */
  responseNames(machine: string, testCase: string): { readonly [state: string]: string };
}

/** Whether a value is meant as a mock configuration, and not as the mocks of one machine's states. */
export function isMockConfig(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.hasOwn(value, 'MockedResponses')) return true;
  const { StateMachines: machines } = value as { readonly StateMachines?: unknown };
  if (typeof machines !== 'object' || machines === null) return false;
  return Object.values(machines).some(
    (machine) => typeof machine === 'object' && machine !== null && Object.hasOwn(machine, 'TestCases'),
  );
}

/** Takes any value as a mock configuration, or stops with what is wrong in it. */
export function readMockConfig(value: unknown): MockConfig {
  checkJson(value);
  const config = object(value, '');
  const machines = object(config.StateMachines ?? {}, 'StateMachines');
  const responses = object(config.MockedResponses ?? {}, 'MockedResponses');
  const casesOf = (machine: string) => {
    const { TestCases = {} } = object(named('state machine', machines, machine), `StateMachines.${machine}`);
    return object(TestCases, `StateMachines.${machine}.TestCases`);
  };
  const responseNames = (machine: string, testCase: string) => {
    const path = `StateMachines.${machine}.TestCases.${testCase}`;
    const states = object(named('test case', casesOf(machine), testCase), path);
    return Object.fromEntries(
      Object.entries(states).map(([state, name]) => {
        if (typeof name === 'string') return [state, name];
        throw new Stop(diagnose('SIM003', { path: `${path}.${state}`, detail: 'must name one of MockedResponses' }));
      }),
    );
  };
  return {
    machines: Object.keys(machines),
    testCases: (machine) => Object.keys(casesOf(machine)),
    responseNames,
    mocks: (machine, testCase) =>
      Object.fromEntries(
        Object.entries(responseNames(machine, testCase)).map(([state, name]) => {
          const response = named('mocked response', responses, name);
          return [state, readResponses(response, `MockedResponses.${name}`)];
        }),
      ),
  };
}

function named(kind: string, all: { readonly [name: string]: unknown }, name: string): unknown {
  if (Object.hasOwn(all, name)) return all[name];
  throw new Stop(diagnose('SIM007', { kind, name, known: Object.keys(all) }));
}
