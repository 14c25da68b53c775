import { isPromise } from 'node:util/types';
import { shown } from '../../authoring/internal.ts';
import { nearest } from '../../diagnostics/did-you-mean.ts';
import { SimulatedRun } from '../simulated-run.ts';

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What `expect` gives a matcher. */
export interface Matcher {
  readonly isNot?: boolean;
  readonly equals: (a: unknown, b: unknown) => boolean;
  readonly utils: {
    printExpected(value: unknown): string;
    printReceived(value: unknown): string;
    diff?(a: unknown, b: unknown): string | null | undefined;
  };
}

/** So many names are told. */
const MOST = 40;

/** The run that `expect` was given. */
export function runOf(received: unknown): SimulatedRun {
  if (asked(() => received instanceof SimulatedRun)) return received as SimulatedRun;
  const hint = isPromise(received) ? ' It is a promise: write `expect(await simulate(…))`.' : '';
  throw new TypeError(`This matcher takes what \`simulate\` of dagwright/jest answered.${hint}`);
}

/** Whether something holds of a value; not of one that throws when it is read. */
export function asked(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

/** Throws where an argument is of another kind than the matcher takes: neither it nor its `not` says anything then. */
export function takes(fits: boolean, wanted: string, given: unknown): void {
  if (!fits) throw new TypeError(`This matcher takes ${wanted}; it was given ${shown(given)}.`);
}

/** Throws where a name is of no state and no task: neither the matcher nor its `not` says anything then. */
export function checkName(run: SimulatedRun, name: string): void {
  takes(typeof name === 'string', 'the name of a state or a task as a text', name);
  if (run.statesOf(name) !== undefined) return;
  const tasks = run.tasks.map(({ task }) => task);
  const told = suggestion(name, run.names, tasks.length > 0 ? tasks : run.names);
  throw new Error(`The machine has no state or task ${quoted(name)}. ${told}`);
}

/** The nearest of the names, and those to choose from. */
export function suggestion(name: string, names: readonly string[], choice: readonly string[] = names): string {
  const near = nearest(name, names);
  const more = choice.length > MOST ? ` and ${choice.length - MOST} more` : '';
  const listed = `There ${choice.length === 1 ? 'is' : 'are'} ${choice.slice(0, MOST).map(quoted).join(', ')}${more}.`;
  return near === undefined ? listed : `Did you mean ${quoted(near)}? ${listed}`;
}

export function quoted(name: string): string {
  return `"${name}"`;
}

/** `Expected … to have run` or `… not to have run`, and what did happen. */
export function result(pass: boolean, subject: string, expected: string, ...shown: readonly string[]): MatcherResult {
  const message = () => [`Expected ${subject} ${pass ? 'not ' : ''}${expected}.`, ...shown].join('\n\n');
  return { pass, message };
}
