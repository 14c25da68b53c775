import type { SimulatedRun } from '../simulated-run.ts';
import {
  checkName,
  ending,
  type Matcher,
  type MatcherResult,
  quoted,
  result,
  runOf,
  takes,
  whatRan,
} from './matcher.ts';

export function toHaveRun(received: unknown, name: string): MatcherResult {
  const run = runOf(received);
  checkName(run, name);
  return result(hasRun(run, name), quoted(name), 'to have run', whatRan(run), ending(run));
}

export function toHaveRunTimes(received: unknown, name: string, times: number): MatcherResult {
  const run = runOf(received);
  checkName(run, name);
  takes(Number.isInteger(times) && times >= 0, 'how many times it should have run as a whole number', times);
  const ran = run.visitsOf(name).length;
  return result(
    ran === times,
    quoted(name),
    `to have run ${times} times; it ran ${ran} times`,
    whatRan(run),
    ending(run),
  );
}

export function toHaveRunBefore(received: unknown, first: string, second: string): MatcherResult {
  const run = runOf(received);
  return inOrder(run, [first, second]);
}

export function toHaveRunInOrder(received: unknown, ...names: readonly string[]): MatcherResult {
  const run = runOf(received);
  return inOrder(run, names);
}

function inOrder(run: SimulatedRun, names: readonly string[]): MatcherResult {
  for (const name of names) checkName(run, name);
  const expected = `to have run before ${names.slice(1).map(quoted).join(', then ')}`;
  const missing = names.filter((name) => !hasRun(run, name));
  const broken = names.slice(1).findIndex((name, at) => !isBefore(run, names[at] as string, name));
  const why =
    missing.length > 0
      ? `${missing.map(quoted).join(', ')} did not run.`
      : broken >= 0
        ? `${quoted(names[broken] as string)} had not ended when ${quoted(names[broken + 1] as string)} began.`
        : '';
  const shown = [why, whatRan(run), ending(run)].filter((text) => text !== '');
  return result(missing.length === 0 && broken < 0, quoted(names[0] ?? ''), expected, ...shown);
}

function hasRun(run: SimulatedRun, name: string): boolean {
  return run.visitsOf(name).length > 0 || run.calls.some(({ state }) => run.statesOf(name)?.includes(state));
}

/** By the order of the events, which tells moments of one time apart. */
function isBefore(run: SimulatedRun, first: string, second: string): boolean {
  // The last event of a stay that has ended is the one that left it.
  const ends = run
    .visitsOf(first)
    .map(({ exited, events }) => (exited === undefined ? undefined : events.at(-1)?.id) ?? Number.POSITIVE_INFINITY);
  const ended = ends.reduce((last, id) => Math.max(last, id), Number.NEGATIVE_INFINITY);
  return ended < (run.visitsOf(second)[0]?.id ?? Number.POSITIVE_INFINITY);
}

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
