import type { ExecutionStatus as Ended, HistoryEvent } from '../asl/interpret/options.ts';
import { endStates, type TaskEnd } from '../report/end-states.ts';
import type { Progress } from '../report/progress/progress.ts';
import { Tracker } from '../report/progress/progress.ts';
import { describeShown, type Run, runOf } from './executions.ts';
import { caughtIn, failureIn } from './failures.ts';
import { historyOf } from './history.ts';
import type { Operation } from './operation.ts';
import { finishedBefore } from './resume/past-run.ts';

/** A run as it stands, or as it ended. */
export interface Followed extends Run {
  readonly error?: string;
  readonly cause?: string;
  readonly tasks: readonly TaskEnd[];
}

/** Follows a run to its end, or until the signal is aborted, and reports the progress of its tasks. */
export async function follow(
  operation: Operation,
  { name, arn, beyond = 0 }: Pick<Run, 'name' | 'arn'> & { readonly beyond?: number },
  progress: Progress,
  signal: AbortSignal,
): Promise<Followed> {
  const { manifest } = operation;
  const tracker = new Tracker(manifest, new Set());
  let end: HistoryEvent | undefined;
  progress.begin(`${manifest.dag} (${name})`);
  try {
    for await (const events of historyOf(operation, arn, { follow: true, beyond, signal })) {
      const caught = caughtIn(events);
      for (const event of events) {
        end = event;
        const changes = tracker.add(event, event.timestamp);
        const failure = failureIn(event, tracker.visits, manifest, caught);
        if (failure !== undefined) progress.note(failure);
        for (const change of changes) progress.change(change, () => tracker.tasks());
      }
    }
  } finally {
    progress.end();
  }
  return followedRun(operation, name, tracker, signal.aborted ? undefined : end);
}

/** A run with its tasks as they are now. */
export async function lookAt(operation: Operation, { name, arn }: Pick<Run, 'name' | 'arn'>): Promise<Followed> {
  const tracker = new Tracker(operation.manifest, new Set());
  for await (const events of historyOf(operation, arn)) for (const event of events) add(tracker, event);
  return followedRun(operation, name, tracker);
}

async function followedRun(
  operation: Operation,
  name: string,
  tracker: Tracker,
  end?: HistoryEvent,
): Promise<Followed> {
  const described = await describeShown(operation, name, end?.timestamp);
  const run = runOf(described);
  const { error, cause } = described;
  return {
    ...run,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    tasks: endedTasks(operation, run, tracker, finishedBefore(described.input)),
  };
}

/** How the tasks ended: all of them where the run is over, else those that have. `leftOut` had ended in the run that was resumed. */
export function endedTasks(
  { manifest }: Operation,
  { status, stopped }: Run,
  tracker: Tracker,
  leftOut: ReadonlySet<string> = new Set(),
): TaskEnd[] {
  if (stopped !== undefined)
    return endStates({ manifest, visits: tracker.visits.all, status: status as Ended, stoppedAt: stopped, leftOut });
  return tracker.tasks().flatMap(({ task, state, since, until }) => {
    if (state === 'waiting' || state === 'running') return [];
    return [
      { task, state, ...(since !== undefined && { entered: since }), ...(until !== undefined && { exited: until }) },
    ];
  });
}

function add(tracker: Tracker, event: HistoryEvent): void {
  tracker.add(event, event.timestamp);
}
