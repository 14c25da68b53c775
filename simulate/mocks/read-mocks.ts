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
export function readResponses(value: unknown, path: string): MockResponses {
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

export function object(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'must be an object');
  return value as JsonObject;
}

function fail(path: string, detail: string): never {
  throw new Stop(diagnose('SIM003', { path, detail }));
}
