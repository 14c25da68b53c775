import type { HistoryEvent } from '../asl/interpret/options.ts';
import { errorOf } from '../asl/trace/event-details.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { Tracker } from '../report/progress/progress.ts';
import { duration, reasonOf } from '../report/words.ts';
import { failureIn } from './failures.ts';
import { isoOf } from './logical-date.ts';

const ENDS: Readonly<Record<string, string>> = {
  ExecutionStarted: 'the run started',
  ExecutionRedriven: 'the run was redriven',
  ExecutionSucceeded: 'the run succeeded',
  ExecutionFailed: 'the run failed',
  ExecutionTimedOut: 'the run timed out',
  ExecutionAborted: 'the run was stopped',
};

/** An execution's history in the words of tasks, a line for each thing that happened. */
export class HistoryLines {
  readonly tracker: Tracker;
  readonly #manifest: Manifest;
  /** Only this task's. */
  readonly #task: string | undefined;

  constructor(manifest: Manifest, task?: string) {
    this.#manifest = manifest;
    this.#task = task;
    this.tracker = new Tracker(manifest, new Set());
  }

  add(event: HistoryEvent): string[] {
    const changes = this.tracker.add(event, event.timestamp);
    const failure = failureIn(event, this.tracker.visits, this.#manifest);
    const own = (task: string) => this.#task === undefined || this.#task === task;
    const said: string[] = [];
    if (failure !== undefined && own(failure.state)) {
      const which = failure.attempt === 0 ? '' : ` (attempt ${failure.attempt + 1})`;
      said.push(`${failure.state}${which}: ${[failure.title, ...failure.lines].join(': ')}`);
    }
    for (const { task, state, since, until } of changes) {
      if (!own(task) || state === 'waiting') continue;
      const took = since !== undefined && until !== undefined ? ` in ${duration(until - since)}` : '';
      said.push(state === 'running' ? `${task} started` : `${task} ${state}${took}`);
    }
    const end = this.#task === undefined ? ENDS[event.type] : undefined;
    if (end !== undefined) said.push(`${end}${reason(event)}`);
    return said.map((text) => `${isoOf(event.timestamp)}  ${text}`);
  }
}

function reason(event: HistoryEvent): string {
  const { error, cause } = errorOf(event);
  return [error, cause === undefined ? undefined : reasonOf(cause)]
    .flatMap((text) => (text ? [`: ${text}`] : []))
    .join('');
}
