import type { TaskHandler, TaskReply } from '../asl/interpret/options.ts';
import type { Json, JsonObject } from '../asl/json.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';

/** What a mocked task answers, and how many seconds of virtual time that takes (default 0). */
export type MockResponse = (
  | { readonly Return: Json }
  | { readonly Throw: { readonly Error?: string | null; readonly Cause?: string | null } }
) & { readonly DurationSeconds?: number };

/**
 * Responses by the name of a state and by invocation: `"0"` is the first, `"1-2"` the two after it.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export type Mocks = { readonly [state: string]: { readonly [invocations: string]: MockResponse } };

/**
 * Answers tasks from mocks. Invocations of a state are counted over the whole execution (retries, loops and iterations alike), and one
 * that no range names fails with States.Runtime, both as in Step Functions Local. A task without a mock answers its sample, where there is
 * one, else its own arguments.
 */
export function mockTasks(mocks: Mocks, samples: { readonly [state: string]: Json } = {}): TaskHandler {
  const invocations = new Map<string, number>();
  const responders = new Map(Object.entries(mocks).map(([state, responses]) => [state, byInvocation(responses)]));
  return (call) => {
    // A simulation writes nothing anywhere.
    if (call.writes === true) return { result: {} };
    const responses = responders.get(call.state);
    if (responses === undefined) {
      return call.reads === true ? unread(call.state) : { result: samples[call.state] ?? call.arguments };
    }
    const invocation = invocations.get(call.state) ?? 0;
    invocations.set(call.state, invocation + 1);
    return responses(invocation) ?? exhausted(call.state, invocation);
  };
}

function unread(state: string): TaskReply {
  return {
    error: 'States.ItemReaderFailed',
    cause: `A simulation reads no data: mock the items of the Map '${state}' under its name.`,
  };
}

function exhausted(state: string, invocation: number): TaskReply {
  return {
    error: 'States.Runtime',
    cause: `The mocks of the state '${state}' have no response for invocation ${invocation}.`,
  };
}

function byInvocation(responses: Mocks[string]): (invocation: number) => TaskReply | undefined {
  const ranges = Object.entries(responses).map(([key, response]) => {
    const [first, last = first] = key.split('-').map(Number) as [number, number?];
    return { first, last, reply: replyOf(response) };
  });
  return (invocation) => ranges.find(({ first, last }) => first <= invocation && invocation <= last)?.reply;
}

function replyOf(response: MockResponse): TaskReply {
  const { DurationSeconds } = response;
  const duration = DurationSeconds === undefined ? undefined : { durationSeconds: DurationSeconds };
  if ('Return' in response) return { result: response.Return, ...duration };
  const { Error: error, Cause } = response.Throw;
  return { error: error ?? '', ...(typeof Cause === 'string' && { cause: Cause }), ...duration };
}

/** Takes any value as mocks, or stops with what is wrong in it. */
export function readMocks(value: unknown): Mocks {
  const states = object(value, '');
  for (const [state, responses] of Object.entries(states)) {
    for (const [key, response] of Object.entries(object(responses, state))) {
      const path = `${state}.${key}`;
      const range = /^(\d+)(?:-(\d+))?$/.exec(key);
      if (range === null || Number(range[2] ?? range[1]) < Number(range[1])) {
        fail(path, 'is not an invocation such as "0", nor a range such as "1-2"');
      }
      checkResponse(object(response, path), path);
    }
  }
  return states as Mocks;
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
