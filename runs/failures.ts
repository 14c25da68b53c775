import { errorOf } from '../asl/history/events.ts';
import type { Visits } from '../asl/history/visits.ts';
import type { HistoryEvent } from '../asl/interpret/options.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Note } from '../report/progress/progress.ts';
import { reasonOf } from '../report/words.ts';
import { describeRun, type Run } from './executions.ts';
import { lookAt } from './follow.ts';
import type { Operation } from './operation.ts';

const FAILED =
  /^(Task|LambdaFunction|Activity)(Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)$|^EvaluationFailed$/;

/**
 * What an event says of a failed attempt, in the service's own words; undefined if it is no failure of a task, or one that the task's own
 * states expect: what is there already need not be made.
 * @param caught the events of failures that were caught, as far as that is known
 */
export function failureIn(
  event: HistoryEvent,
  visits: Visits,
  { tasks }: Manifest,
  caught: ReadonlySet<number> = new Set(),
): Extract<Note, { kind: 'failure' }> | undefined {
  if (!FAILED.test(event.type)) return undefined;
  const state = visits.stateOf(event.id);
  if (state === undefined) return undefined;
  const isInner = tasks.some(({ states }) => states.indexOf(state) > 0);
  if (isInner && caught.has(event.id)) return undefined;
  const visit = visits.all.findLast((one) => one.state === state);
  const { error = event.type, cause } = errorOf(event);
  return {
    kind: 'failure',
    state: tasks.find(({ states }) => states.includes(state))?.id ?? state,
    attempt: Math.max(0, (visit?.attempts.length ?? 1) - 1),
    title: error,
    lines: cause ? [reasonOf(cause)] : [],
  };
}

/** The failures among events after which their state was left: they were caught. */
export function caughtIn(events: readonly HistoryEvent[]): ReadonlySet<number> {
  return new Set(
    events.filter(({ type }) => type.endsWith('StateExited')).map(({ previousEventId }) => previousEventId),
  );
}

/**
 * The tasks that failed in a run that did not succeed. The machine's own words say it where it keeps records (its Cause is a list of them);
 * elsewhere the history does.
 */
export async function failedTasks(operation: Operation, run: Run): Promise<string[]> {
  if (run.status !== 'FAILED' && run.status !== 'TIMED_OUT') return [];
  const cause = (await describeRun(operation, run.name))?.cause;
  const recorded = cause === undefined ? undefined : tasksIn(cause);
  if (recorded !== undefined) return recorded;
  const { tasks } = await lookAt(operation, run);
  return tasks.filter(({ state }) => state === 'failed').map(({ task }) => task);
}

function tasksIn(cause: string): string[] | undefined {
  try {
    const records: unknown = JSON.parse(cause);
    const isRecord = (one: unknown): one is { task: string } => typeof (one as { task?: unknown })?.task === 'string';
    return Array.isArray(records) && records.length > 0 && records.every(isRecord)
      ? records.map(({ task }) => task)
      : undefined;
  } catch {
    return undefined;
  }
}
