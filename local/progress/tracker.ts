import type { HistoryEvent } from '../../asl/interpret/options.ts';
import type { Manifest, ManifestTask } from '../../compiler/6-files/manifest.ts';
import { type TaskState, taskEnd } from '../report/end-states.ts';
import { Visits } from '../report/visits.ts';

/** A task as it stands while the run goes on; times are real ones, in milliseconds. */
export interface TaskProgress {
  readonly task: string;
  readonly state: 'waiting' | 'running' | TaskState;
  readonly since?: number;
  readonly until?: number;
  /** The upstreams that a waiting task waits for. */
  readonly waitsFor: readonly string[];
}

/** Follows an execution's history and says what each task of the DAG is doing. */
export class Tracker {
  /** Stays by real time: a wait that the clock jumped over took none. */
  readonly visits = new Visits();
  readonly #manifest: Manifest;
  readonly #leftOut: ReadonlySet<string>;
  readonly #taskOf = new Map<string, ManifestTask>();
  readonly #now = new Map<string, TaskProgress>();

  constructor(manifest: Manifest, leftOut: ReadonlySet<string>) {
    this.#manifest = manifest;
    this.#leftOut = leftOut;
    for (const task of manifest.tasks) for (const state of task.states) this.#taskOf.set(state, task);
  }

  /** Takes an event; answers the task whose standing it changed, if it changed one. */
  add(event: HistoryEvent, at: number): TaskProgress | undefined {
    this.visits.add({ ...event, timestamp: at });
    const task = event.name === undefined ? undefined : this.#taskOf.get(event.name);
    if (task === undefined || this.#leftOut.has(task.id)) return undefined;
    const before = this.#now.get(task.id);
    const now = this.#judge(task, at);
    if (before?.state === now.state) return undefined;
    this.#now.set(task.id, now);
    return now;
  }

  tasks(): TaskProgress[] {
    return this.#manifest.tasks.map((task) => this.#now.get(task.id) ?? this.#waiting(task));
  }

  #judge(task: ManifestTask, at: number): TaskProgress {
    const own = this.visits.all.filter((visit) => task.states.includes(visit.state));
    const since = Math.min(...own.map((visit) => visit.entered));
    const head = own.findLast((visit) => visit.state === task.states[0]);
    const whole = head !== undefined && (head.type === 'Parallel' || head.type === 'Map' || task.states.length === 1);
    // A chain of states of its own ends when the execution has left it, which only the run's end tells for sure.
    if (!whole || head.exited === undefined) return { task: task.id, state: 'running', since, waitsFor: [] };
    const end = taskEnd(task, {
      visits: this.visits.all,
      status: 'SUCCEEDED',
      stoppedAt: at,
    });
    return { task: task.id, state: end!.state, since, until: head.exited, waitsFor: [] };
  }

  #waiting(task: ManifestTask): TaskProgress {
    if (this.#leftOut.has(task.id)) return { task: task.id, state: 'left_out', waitsFor: [] };
    const open = (id: string) => {
      const state = this.#now.get(id)?.state;
      return !this.#leftOut.has(id) && (state === undefined || state === 'running');
    };
    return { task: task.id, state: 'waiting', waitsFor: task.upstreams.filter(open) };
  }
}
