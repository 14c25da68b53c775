import { isRegExp } from 'node:util/types';
import type { ExpectedFailure } from '../matcher-types.ts';
import { asked, ending, type Matcher, type MatcherResult, result, runOf, takes, whatRan } from './matcher.ts';

export function toHaveSucceeded(received: unknown): MatcherResult {
  const run = runOf(received);
  return result(run.status === 'SUCCEEDED', 'the run', 'to have succeeded', ending(run), whatRan(run));
}

export function toHaveFailed(received: unknown): MatcherResult {
  const run = runOf(received);
  return result(run.status !== 'SUCCEEDED', 'the run', 'to have failed', ending(run), whatRan(run));
}

export function toHaveFailedWith(
  this: Matcher,
  received: unknown,
  failure: ExpectedFailure | string | RegExp,
  cause?: string | RegExp,
): MatcherResult {
  const run = runOf(received);
  const isShort = isPattern(failure);
  takes(isShort || isFailure(failure), EXPECTED, failure);
  takes(cause === undefined || (isShort && isPattern(cause)), `${EXPECTED}, and its cause only behind the name`, cause);
  const expected: ExpectedFailure = isShort
    ? { error: failure as string | RegExp, ...(cause !== undefined && { cause }) }
    : (failure as ExpectedFailure);
  const pass = run.status !== 'SUCCEEDED' && matches(run.error, expected.error) && matches(run.cause, expected.cause);
  const fields = Object.entries(expected).map(([name, value]) => `${name} ${this.utils.printExpected(value)}`);
  return result(pass, 'the run', `to have failed with ${fields.join(' and ')}`, ending(run), whatRan(run));
}

const EXPECTED = 'the name of an error as a text or a pattern, or an object with `error`, `cause` or both';

function isPattern(value: unknown): boolean {
  return typeof value === 'string' || isRegExp(value);
}

/** A misspelt field would say nothing of the run, and pass. */
function isFailure(value: unknown): boolean {
  return asked(
    () =>
      typeof value === 'object' &&
      Object.entries(value as object).every(
        ([name, one]) => ['error', 'cause'].includes(name) && (one === undefined || isPattern(one)),
      ),
  );
}

function matches(text: string | undefined, expected: string | RegExp | undefined): boolean {
  if (expected === undefined) return true;
  // A timeout has the status and no error of its own.
  if (text === undefined) return false;
  return typeof expected === 'string' ? text === expected : new RegExp(expected).test(text);
}

export function toHaveTakenSeconds(received: unknown, seconds: number): MatcherResult {
  const run = runOf(received);
  takes(Number.isFinite(seconds), 'a number of seconds', seconds);
  const expected = `to have taken ${seconds} seconds; it took ${run.seconds}`;
  return result(run.seconds === seconds, 'the run', expected, whatRan(run), ending(run));
}
