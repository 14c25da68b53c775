import type { MockResponse, MockResponses } from '../local/index.ts';
import { isMockConfig } from '../simulate/mocks/mock-config.ts';
import { EVERY_INVOCATION } from '../simulate/mocks/places.ts';

/** How a state is mocked: one response for every call, a list by invocation, or responses by invocation and ranges of them. */
export type MockOfState = MockResponse | readonly MockResponse[] | MockResponses;

/** Mocks by the name of a state; or a mock configuration of Step Functions Local as it is. */
export type AnyMocks = { readonly [state: string]: MockOfState } | { readonly StateMachines: object };

/** The mocks in the format of files. What is no mock stays as it is: it is told where they are read. */
export function asMocks(mocks: unknown): unknown {
  if (typeof mocks !== 'object' || mocks === null || isMockConfig(mocks)) return mocks;
  return Object.fromEntries(Object.entries(mocks).map(([state, mock]) => [state, byInvocation(mock)]));
}

function byInvocation(mock: unknown): unknown {
  if (Array.isArray(mock)) return Object.fromEntries(mock.map((response, at) => [String(at), response]));
  const isResponse = typeof mock === 'object' && mock !== null && ('Return' in mock || 'Throw' in mock);
  return isResponse ? { [EVERY_INVOCATION]: mock } : mock;
}
