import { relative } from 'node:path';
import type { Visit } from '../../asl/history/visit.ts';
import { Visits } from '../../asl/history/visits.ts';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import type { Note } from '../../engines/engine.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import { type TaskState, taskEnd } from '../end-states.ts';

export type { Note };

/** What a person sees while a run goes on. */
export interface Progress {
  /** What is being prepared, before the first task: one line, replaced by the next. */
  status(text: string): void;
  /** The tasks are about to start. */
  begin(title: string): void;
  /** A task's standing has changed. */
  change(task: TaskProgress, all: () => readonly TaskProgress[]): void;
  note(note: Note): void;
  end(): void;
}

type Failure = Extract<Note, { kind: 'failure' }>;

/** What is told of a failed attempt: its own last lines, unless an earlier attempt of the task has said the same. */
export class FailureTeller {
  readonly #said = new Map<string, string>();

  tell({ state, attempt, title, lines, log }: Failure): { title: string; lines: readonly string[] } {
    const which = attempt === 0 ? '' : ` (attempt ${attempt + 1})`;
    const again = this.#said.get(state) === lines.join('\n');
    this.#said.set(state, lines.join('\n'));
    if (again) return { title: `${state}${which}: ${title}, as before`, lines: [] };
    return {
      title: `${state}${which}: ${title}`,
      lines: log === undefined ? lines : [...lines, `(its log: ${relative(process.cwd(), log)})`],
    };
  }
}

/** A task as it stands while the run goes on; times are real ones, in milliseconds. */
export interface TaskProgress {
  readonly task: string;
  readonly state: 'waiting' | 'running' | TaskState;
  readonly since?: number;
  readonly until?: number;
  /** Of one that failed. */
  readonly error?: string;
  readonly cause?: string;
  /** The upstreams that a waiting task waits for. */
  readonly waitsFor: readonly string[];
}

/** Follows an execution's history and says what each task of the DAG is doing. */
export class Tracker {
  /** Stays by real time: a wait that the clock jumped over took none. */
  readonly visits = new Visits();
  readonly #manifest: Pick<Manifest, 'tasks'>;
  readonly #leftOut: ReadonlySet<string>;
  readonly #taskOf = new Map<string, ManifestTask>();
  readonly #now = new Map<string, TaskProgress>();
  /** By the task: its visits, and the last one of its first state. */
  readonly #own = new Map<string, { readonly visits: Visit[]; head: Visit | undefined }>();

  constructor(manifest: Pick<Manifest, 'tasks'>, leftOut: ReadonlySet<string>) {
    this.#manifest = manifest;
    this.#leftOut = leftOut;
    for (const task of manifest.tasks) for (const state of task.states) this.#taskOf.set(state, task);
  }

  /** Takes an event; answers the tasks whose standing it changed. */
  add(event: HistoryEvent, at: number): TaskProgress[] {
    const before = this.visits.all.length;
    this.visits.add({ ...event, timestamp: at });
    for (const visit of this.visits.all.slice(before)) this.#keep(visit);
    if (event.name === undefined) return [];
    const task = this.#taskOf.get(event.name);
    const from = this.#taskOf.get(this.visits.stateOf(event.previousEventId) ?? '');
    // A chain of plain states has ended when the execution enters a state that is not of it.
    const left =
      from !== undefined && from !== task && !isWhole(from, this.#own.get(from.id)?.head)
        ? [this.#note(from, at, true)]
        : [];
    const own = task === undefined ? [] : [this.#note(task, at, false)];
    return [...left, ...own].filter((change) => change !== undefined);
  }

  #keep(visit: Visit): void {
    const task = this.#taskOf.get(visit.state);
    if (task === undefined) return;
    const own = this.#own.get(task.id) ?? { visits: [], head: undefined };
    this.#own.set(task.id, own);
    own.visits.push(visit);
    if (visit.state === task.states[0]) own.head = visit;
  }

  #note(task: ManifestTask, at: number, left: boolean): TaskProgress | undefined {
    if (this.#leftOut.has(task.id)) return undefined;
    const before = this.#now.get(task.id);
    const now = this.#judge(task, at, left);
    if (before?.state === now.state) return undefined;
    this.#now.set(task.id, now);
    return now;
  }

  tasks(): TaskProgress[] {
    return this.#manifest.tasks.map((task) => this.#now.get(task.id) ?? this.#waiting(task));
  }

  #judge(task: ManifestTask, at: number, left: boolean): TaskProgress {
    const { visits, head } = this.#own.get(task.id) ?? { visits: [], head: undefined };
    // Visits are in the order in which they began.
    const since = visits[0]?.entered ?? at;
    const over = left || (isWhole(task, head) && head?.exited !== undefined);
    if (!over) return { task: task.id, state: 'running', since, waitsFor: [] };
    const { state, exited, error, cause } = taskEnd(task, { visits, status: 'SUCCEEDED', stoppedAt: at })!;
    return {
      task: task.id,
      state,
      since,
      until: exited ?? at,
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      waitsFor: [],
    };
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

/** A task of one state, or in a Parallel of its own: it ends when that state does. */
function isWhole(task: ManifestTask, head: Visit | undefined): boolean {
  return task.states.length === 1 || head?.type === 'Parallel' || head?.type === 'Map';
}
