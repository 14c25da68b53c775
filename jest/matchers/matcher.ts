import { isPromise } from 'node:util/types';
import type { Visit } from '../../asl/history/visit.ts';
import { shown } from '../../authoring/internal.ts';
import { nearest } from '../../diagnostics/did-you-mean.ts';
import { duration } from '../../report/words.ts';
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

/** So many stays are shown. */
const MOST_SHOWN = 60;

/** How the run ended. */
export function ending({ status, error, cause, output }: SimulatedRun): string {
  if (status === 'SUCCEEDED') return `The run succeeded. Its output: ${JSON.stringify(output)}`;
  const how = { FAILED: 'failed', TIMED_OUT: 'timed out', ABORTED: 'was aborted' }[status];
  return [`The run ${how}.`, `  error: ${error ?? '(none)'}`, `  cause: ${cause ?? '(none)'}`].join('\n');
}

/** Which states ran, when, and how each ended. */
export function whatRan({ visits, events }: SimulatedRun): string {
  if (visits.length === 0) return 'No state ran.';
  const start = events[0]?.timestamp ?? 0;
  const width = Math.max(...visits.slice(0, MOST_SHOWN).map(({ state }) => state.length));
  const lines = visits
    .slice(0, MOST_SHOWN)
    .map((visit) => `  ${visit.state.padEnd(width)}  at ${duration(visit.entered - start)}  ${endOf(visit)}`.trimEnd());
  const more = visits.length > MOST_SHOWN ? [`  and ${visits.length - MOST_SHOWN} more`] : [];
  return ['What ran:', ...lines, ...more].join('\n');
}

function endOf({ type, exited, failed, error }: Visit): string {
  if (type === 'Fail' || (exited === undefined && failed)) return `failed${error === undefined ? '' : `: ${error}`}`;
  if (exited === undefined) return error === undefined ? 'ended from outside' : `failed: ${error}`;
  return failed ? `caught${error === undefined ? '' : `: ${error}`}` : 'ok';
}

/** How each task of the DAG stands. */
export function tasksNow({ tasks }: SimulatedRun): string {
  const width = Math.max(...tasks.map(({ task }) => task.length));
  return [
    'How the tasks ended:',
    ...tasks.map(
      ({ task, state, error }) => `  ${task.padEnd(width)}  ${state}${error === undefined ? '' : ` (${error})`}`,
    ),
  ].join('\n');
}
