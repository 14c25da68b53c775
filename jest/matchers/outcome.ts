import type { ExpectedFailure } from '../matcher-types.ts';
import { type Matcher, type MatcherResult, result, runOf } from './matcher.ts';
import { ending, whatRan } from './shown.ts';

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
  const isShort = typeof failure === 'string' || failure instanceof RegExp;
  const expected: ExpectedFailure = isShort ? { error: failure, ...(cause !== undefined && { cause }) } : failure;
  const pass = run.status !== 'SUCCEEDED' && matches(run.error, expected.error) && matches(run.cause, expected.cause);
  const fields = Object.entries(expected).map(([name, value]) => `${name} ${this.utils.printExpected(value)}`);
  return result(pass, 'the run', `to have failed with ${fields.join(' and ')}`, ending(run), whatRan(run));
}

function matches(text: string | undefined, expected: string | RegExp | undefined): boolean {
  if (expected === undefined) return true;
  // A timeout has the status and no error of its own.
  if (text === undefined) return false;
  return typeof expected === 'string' ? text === expected : new RegExp(expected).test(text);
}
