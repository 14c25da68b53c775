import type { EndState } from '../airflow/end-state.ts';
import { setupScopes } from '../airflow/setup-scope.ts';
import {
  isTriggerRule,
  type Reason,
  ruleReasons,
  scopeReasons,
  teardownReasons,
  verdictOf,
} from '../airflow/trigger-rules.ts';
import type { Visit } from '../asl/history/visit.ts';
import type { ExecutionStatus } from '../asl/interpret/options.ts';
import type { Manifest, ManifestTask } from '../manifest/manifest.ts';

/** How a task stands when the run is over: Airflow's words, and what a stopped or partial run adds to them. */
export type TaskState = EndState | 'aborted' | 'not_run' | 'left_out';

export interface TaskEnd {
  readonly task: string;
  readonly state: TaskState;
  readonly entered?: number;
  readonly exited?: number;
  readonly error?: string;
  readonly cause?: string;
}

export interface Ending {
  readonly manifest: Pick<Manifest, 'tasks' | 'graph'>;
  readonly visits: readonly Visit[];
  readonly status: ExecutionStatus;
  readonly stoppedAt: number;
  /** Tasks that this run left out; they count as successes for those after them. */
  readonly leftOut?: ReadonlySet<string>;
}

/**
 * The end state of every task: from its own states where it ran, from the machine's own records and Airflow's rules where it did not.
 * A machine says nothing of most tasks that it passed over; the manifest's graph is what the rules look at.
 */
export function endStates(ending: Ending): TaskEnd[] {
  const found: Found = {
    records: recordsIn(ending.visits),
    entered: new Set(ending.visits.map(({ state }) => state)),
    wentOn: shortCircuits(ending),
  };
  const closed = new Set([...found.wentOn].filter(([, wentOn]) => wentOn === false).map(([id]) => id));
  for (;;) {
    const judged = new Judgement(ending, found, closed);
    const ends = judged.all();
    // A short circuit that was closed skips all that it decides on: what shows it closed may come later than what it skips.
    const shown = judged.shutDown.filter((id) => !closed.has(id));
    if (shown.length === 0) return ends;
    for (const id of shown) closed.add(id);
  }
}

/** A task that was entered ended as its states did; a fragment in a Parallel of its own as that Parallel did. */
export function taskEnd(
  task: ManifestTask,
  { visits, status, stoppedAt }: Omit<Ending, 'manifest'>,
): TaskEnd | undefined {
  const own = visits.filter((visit) => task.states.includes(visit.state));
  if (own.length === 0) return undefined;
  const head = own.findLast((visit) => visit.state === task.states[0]);
  const last = head !== undefined && (head.type === 'Parallel' || head.type === 'Map') ? head : own.at(-1)!;
  const times = { entered: own[0]!.entered, exited: last.exited ?? stoppedAt };
  if (last.exited !== undefined && !last.failed) return { task: task.id, state: 'success', ...times };
  const isCutOff = last.exited === undefined && !last.failed;
  if (isCutOff && last.error === undefined)
    return { task: task.id, state: status === 'ABORTED' ? 'aborted' : 'failed', ...times };
  // A Fail whose error was caught further up says nothing of it: what failed before it was caught as well.
  const failing =
    last.error !== undefined ? last : own.findLast(({ error, type }) => error !== undefined || type === 'Fail');
  const { error, cause } = failing ?? {};
  const skipped = error !== undefined && task.skipOn?.some((name) => name === error || name === 'States.ALL');
  return {
    task: task.id,
    state: skipped ? 'skipped' : 'failed',
    ...times,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

function timesOf({ entered, exited }: TaskEnd): Pick<TaskEnd, 'entered' | 'exited'> {
  return { ...(entered !== undefined && { entered }), ...(exited !== undefined && { exited }) };
}

/** What the visits of a run say as a whole, found once. */
interface Found {
  /** By the task. */
  readonly records: ReadonlyMap<string, EndRecord>;
  /** The states that were entered. */
  readonly entered: ReadonlySet<string>;
  /** Of the short circuits whose own states say so: whether they went on. */
  readonly wentOn: ReadonlyMap<string, boolean>;
}

/**
 * Whether each short circuit went on, where its own state says so: one that can fail is made in a Parallel, which answers 0 for going
 * on. Of one that is a Choice only what ran after it tells.
 */
function shortCircuits({ manifest, visits }: Ending): Map<string, boolean> {
  const wentOn = new Map<string, boolean>();
  for (const { id, kind, states } of manifest.tasks) {
    if (kind !== 'short_circuit') continue;
    const made = visits.findLast(({ state }) => state === states[0]);
    if (made?.type !== 'Parallel' || made.failed || made.error !== undefined || made.output === undefined) continue;
    wentOn.set(id, made.output === '0');
  }
  return wentOn;
}

/** One pass over the tasks in plan order, in which every task's upstreams are judged before it. */
class Judgement {
  /** Short circuits that show that they were closed: of a task that they decide on the rules say otherwise than how it ended. */
  readonly shutDown: string[] = [];
  readonly #ending: Ending;
  readonly #found: Found;
  readonly #closed: ReadonlySet<string>;
  /** The setups in whose scope each task is. */
  readonly #scopes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #known = new Map<string, EndState>();

  constructor(ending: Ending, found: Found, closed: ReadonlySet<string>) {
    this.#ending = ending;
    this.#found = found;
    this.#closed = closed;
    this.#scopes = setupScopes(new Map(ending.manifest.tasks.map((task) => [task.id, task])));
  }

  all(): TaskEnd[] {
    return this.#ending.manifest.tasks.map((task) => {
      const end = this.#endOf(task);
      if (end.state === 'left_out') this.#known.set(task.id, 'success');
      else if (isEndState(end.state)) this.#known.set(task.id, end.state);
      return end;
    });
  }

  #endOf(task: ManifestTask): TaskEnd {
    if (this.#ending.leftOut?.has(task.id)) return { task: task.id, state: 'left_out' };
    const ran = taskEnd(task, this.#ending);
    const record = this.#found.records.get(task.id);
    if (ran === undefined) return { task: task.id, state: this.#passedOver(task, record?.state) };
    if (record === undefined) return ran;
    // A decision that failed leaves its state as one that did not; the record tells. It also tells the error with which a Parallel failed,
    // of which the history has no word where it was caught, but of those that were caught within.
    const isOther = ran.state !== 'aborted' && record.error !== undefined && record.error !== ran.error;
    return ran.state === 'success' || isOther ? { ...timesOf(ran), ...record } : ran;
  }

  /** A task that was not entered: as the machine recorded it, else cut off by a decision, or by a setup, or by its rule. */
  #passedOver(task: ManifestTask, recorded: EndState | undefined): TaskState {
    if (task.upstreams.some((id) => !this.#known.has(id))) return recorded ?? 'not_run';
    const deciders = this.#ending.manifest.tasks.filter(
      ({ id, decides }) => decides?.includes(task.id) && this.#known.get(id) === 'success',
    );
    if (deciders.some(({ id }) => this.#closed.has(id))) return recorded ?? 'skipped';
    const rule = this.#ruleOf(task);
    // The rules would have let it run, or have had it end otherwise. Either a decision cut it off, or the run had ended before.
    const isCut = recorded === undefined ? rule === 'runs' : recorded === 'skipped' && rule !== 'skipped';
    if (isCut) this.shutDown.push(...deciders.filter((decider) => this.#canBeClosed(decider)).map(({ id }) => id));
    if (recorded !== undefined) return recorded;
    if (rule !== 'runs') return this.#ending.status === 'ABORTED' ? 'not_run' : rule;
    return deciders.length > 0 ? 'skipped' : 'not_run';
  }

  /** A short circuit that was closed let nothing run that it decides on. With failFast a failure skips as it does. */
  #canBeClosed(decider: ManifestTask): boolean {
    const { manifest } = this.#ending;
    const { id, kind, decides = [] } = decider;
    const { entered, wentOn } = this.#found;
    const hasRun = (task: ManifestTask) => task.states.some((state) => entered.has(state));
    return (
      kind === 'short_circuit' &&
      !wentOn.has(id) &&
      !manifest.graph?.failFast &&
      !manifest.tasks.some((task) => decides.includes(task.id) && hasRun(task))
    );
  }

  /** How the rules say that it ended, of which all upstreams are known. */
  #ruleOf(task: ManifestTask): Reason['then'] | 'runs' {
    const endOf = (id: string) => this.#known.get(id) as EndState;
    if (task.kind === 'teardown') return verdictOf(teardownReasons(task.setups ?? []), endOf);
    const rule = isTriggerRule(task.triggerRule) ? task.triggerRule : 'all_success';
    const scopes = rule === 'always' ? [] : [...(this.#scopes.get(task.id) ?? [])];
    return verdictOf([...scopeReasons(scopes), ...ruleReasons(rule, task.upstreams)], endOf);
  }
}

function isEndState(state: TaskState): state is EndState {
  return state === 'success' || state === 'failed' || state === 'skipped' || state === 'upstream_failed';
}

/** What a machine itself writes down of a task that did not succeed, where something of the machine reads it. */
export interface EndRecord {
  readonly task: string;
  readonly state: EndState;
  readonly error?: string;
  readonly cause?: string;
}

/** The records that the states of a machine handed on: in the variable `ended`, or in the field of their output that has its name. */
function recordsIn(visits: readonly Visit[]): Map<string, EndRecord> {
  const records = new Map<string, EndRecord>();
  for (const { output, assigned } of visits) {
    const fields = [assigned?.ended, output === undefined || !output.includes('"ended"') ? undefined : ended(output)];
    for (const found of fields.flatMap((text) => (text === undefined ? [] : [parse(text)].flat()))) {
      if (isRecord(found) && !records.has(found.task)) records.set(found.task, found);
    }
  }
  return records;
}

function ended(output: string): string | undefined {
  const value = (parse(output) as { ended?: unknown } | null)?.ended;
  return value === undefined ? undefined : JSON.stringify(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is EndRecord {
  const { task, state } = (value ?? {}) as Partial<EndRecord>;
  return typeof task === 'string' && (state === 'failed' || state === 'skipped' || state === 'upstream_failed');
}
