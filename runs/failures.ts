import type { HistoryEvent } from '../asl/interpret/options.ts';
import { errorOf } from '../asl/trace/event-details.ts';
import type { Visits } from '../asl/trace/visits.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Note } from '../report/progress/progress.ts';
import { reasonOf } from '../report/words.ts';

const FAILED =
  /^(Task|LambdaFunction|Activity)(Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)$|^EvaluationFailed$/;

/** What an event says of a failed attempt, in the service's own words; undefined where it is no failure of a task. */
export function failureIn(
  event: HistoryEvent,
  visits: Visits,
  { tasks }: Manifest,
): Extract<Note, { kind: 'failure' }> | undefined {
  if (!FAILED.test(event.type)) return undefined;
  const state = visits.stateOf(event.id);
  if (state === undefined) return undefined;
  const visit = visits.all.findLast((one) => one.state === state);
  const { error = event.type, cause } = errorOf(event);
  return {
    kind: 'failure',
    state: tasks.find(({ states }) => states.includes(state))?.id ?? state,
    attempt: Math.max(0, (visit?.attempts.length ?? 1) - 1),
    title: error,
    lines: cause === undefined ? [] : [reasonOf(cause)],
  };
}
