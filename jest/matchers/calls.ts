import { checkName, type Matcher, type MatcherResult, quoted, result, runOf } from './matcher.ts';
import { ending, whatRan } from './shown.ts';

/** So many calls are shown. */
const MOST = 20;

export function toHaveBeenCalledWithArguments(
  this: Matcher,
  received: unknown,
  task: string,
  given: unknown,
): MatcherResult {
  const run = runOf(received);
  checkName(run, task);
  const states = run.statesOf(task) ?? [];
  const calls = run.calls.filter(({ state }) => states.includes(state));
  const pass = calls.some((call) => this.equals(call.arguments, given));
  const lines = calls.slice(0, MOST).map((call) => `  ${call.state}: ${this.utils.printReceived(call.arguments)}`);
  const more = calls.length > MOST ? [`  and ${calls.length - MOST} more`] : [];
  const shown =
    calls.length === 0
      ? [`${quoted(task)} was not called.`, whatRan(run)]
      : [['It was called with:', ...lines, ...more].join('\n')];
  const expected = `to have been called with ${this.utils.printExpected(given)}`;
  return result(pass, quoted(task), expected, ...shown, ending(run));
}
