import { type MatcherResult, result, runOf, takes } from './matcher.ts';
import { ending, whatRan } from './shown.ts';

export function toHaveTakenSeconds(received: unknown, seconds: number): MatcherResult {
  const run = runOf(received);
  takes(Number.isFinite(seconds), 'a number of seconds', seconds);
  const expected = `to have taken ${seconds} seconds; it took ${run.seconds}`;
  return result(run.seconds === seconds, 'the run', expected, whatRan(run), ending(run));
}
