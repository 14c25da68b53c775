import { jsonFault } from '../../asl/json/fault.ts';
import type { JsonObject } from '../../asl/json/value.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { MockResponses, Mocks } from './mocks.ts';

/** Stops where a value is not JSON, before anything of it is read. */
export function checkJson(value: unknown): void {
  const unfit = jsonFault(value);
  if (unfit !== undefined) fail(unfit.path.join('.'), unfit.detail);
}

/** Takes any value as mocks, or stops with what is wrong in it. */
export function readMocks(value: unknown): Mocks {
  const states = object(value, '');
  for (const [state, responses] of Object.entries(states)) readResponses(responses, state);
  return states as Mocks;
}

/** Takes any value as the responses of one state; `path` is where they stand. */
function readResponses(value: unknown, path: string): MockResponses {
  const responses = object(value, path);
  for (const [key, response] of Object.entries(responses)) {
    const at = `${path}.${key}`;
    const range = /^(\d+)(?:-(\d+))?$/.exec(key);
    if (range === null || Number(range[2] ?? range[1]) < Number(range[1])) {
      fail(at, 'is not an invocation such as "0", nor a range such as "1-2"');
    }
    checkResponse(object(response, at), at);
  }
  return responses as unknown as MockResponses;
}

function checkResponse(response: JsonObject, path: string): void {
  const { Return, Throw, DurationSeconds } = response;
  if ((Return === undefined) === (Throw === undefined)) fail(path, 'needs either Return or Throw');
  if (Throw !== undefined) {
    const { Error: error, Cause } = object(Throw, `${path}.Throw`);
    // Work that fails by a task token may name neither.
    for (const [name, value] of [
      ['Error', error],
      ['Cause', Cause],
    ] as const) {
      if (value != null && typeof value !== 'string') fail(`${path}.Throw.${name}`, 'is not a string');
    }
  }
  if (DurationSeconds !== undefined && !(typeof DurationSeconds === 'number' && DurationSeconds >= 0)) {
    fail(`${path}.DurationSeconds`, 'is not a number of seconds');
  }
}

function object(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'must be an object');
  return value as JsonObject;
}

function fail(path: string, detail: string): never {
  throw new Stop(diagnose('SIM003', { path, detail }));
}

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

/**
 * Reads a mock configuration of Step Functions Local.
 *
 * @param value the parsed JSON
 * @throws Stop if the configuration is not valid
 * @example
 * ```ts
 * const config = readMockConfig({
 *   StateMachines: { sales: { TestCases: { succeeds: { count: 'one' } } } },
 *   MockedResponses: { one: { '0': { Return: { n: 1 } } } },
 * });
 * ```
 */
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
