import type { Json } from '../json.ts';
import { type Details, type Kind, withInput, withOutput } from './history.ts';

/** How an execution, or a child execution of a Map, begins. */
export const EXECUTION_STARTED: Kind<Json, Details> = {
  type: 'ExecutionStarted',
  details: (input, rest, text) => ({ executionStartedEventDetails: withInput(text(input), rest) }),
};

/** How it ends where it did not fail. */
export const EXECUTION_SUCCEEDED: Kind<Json, undefined> = {
  type: 'ExecutionSucceeded',
  details: (output, _, text) => ({ executionSucceededEventDetails: withOutput(text(output)) }),
};
