import type { ExecutionStatus } from '../../asl/interpret/options.ts';
import type { State, States } from '../../asl/types.ts';
import type { Manifest, ManifestTask } from '../../compiler/6-files/manifest.ts';
import { type EndState, isTriggerRule, judge, judgeTeardown } from '../trigger-rules.ts';
import { findState } from '../walk-states.ts';
import type { Visit } from './visits.ts';

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
  readonly manifest: Manifest;
  readonly machine: States;
  readonly visits: readonly Visit[];
  readonly status: ExecutionStatus;
  readonly stoppedAt: number;
  /** Tasks that this run left out; they count as successes for those after them. */
  readonly leftOut?: ReadonlySet<string>;
}

/**
 * The end state of every task: from its own states where it ran, from Airflow's rules where it did not. The machine says nothing of
 * tasks that it passed over, and the manifest's graph is what the rules look at.
 */
export function endStates(ending: Ending): TaskEnd[] {
  const known = new Map<string, EndState>();
  const graph = new Map(ending.manifest.tasks.map((task) => [task.id, task]));
  return ending.manifest.tasks.map((task) => {
    if (ending.leftOut?.has(task.id)) {
      known.set(task.id, 'success');
      return { task: task.id, state: 'left_out' };
    }
    const end = taskEnd(task, ending) ?? { task: task.id, state: whatRules(task, graph, known, ending.status) };
    if (isEndState(end.state)) known.set(task.id, end.state);
    return end;
  });
}

/** A task that was entered ended as its states did; a fragment in a Parallel of its own as that Parallel did. */
export function taskEnd(task: ManifestTask, { visits, machine, status, stoppedAt }: Ending): TaskEnd | undefined {
  const own = visits.filter((visit) => task.states.includes(visit.state));
  if (own.length === 0) return undefined;
  const heads = own.filter((visit) => visit.state === task.states[0]);
  const head = heads.at(-1);
  const last = head !== undefined && (head.type === 'Parallel' || head.type === 'Map') ? head : own.at(-1)!;
  const times = { entered: Math.min(...own.map((visit) => visit.entered)), exited: last.exited ?? stoppedAt };
  if (last.exited !== undefined && !last.failed) return { task: task.id, state: 'success', ...times };
  const failing = last.error !== undefined ? last : own.findLast((visit) => visit.error !== undefined);
  if (last.exited === undefined && !last.failed && failing === undefined)
    return { task: task.id, state: status === 'ABORTED' ? 'aborted' : 'failed', ...times };
  const error = {
    ...(failing?.error !== undefined && { error: failing.error }),
    ...(failing?.cause !== undefined && { cause: failing.cause }),
  };
  return {
    task: task.id,
    state: isSkip(findState(machine, last.state), failing?.error) ? 'skipped' : 'failed',
    ...times,
    ...error,
  };
}

/** A task that was not entered: its setups first, then its trigger rule. */
function whatRules(
  task: ManifestTask,
  graph: ReadonlyMap<string, ManifestTask>,
  known: ReadonlyMap<string, EndState>,
  status: ExecutionStatus,
): TaskState {
  const states = (ids: readonly string[]) => ids.map((id) => known.get(id));
  const upstreams = states(task.upstreams);
  const setups = states(task.setups ?? []);
  if ([...upstreams, ...setups].includes(undefined)) return 'not_run';
  if (task.kind === 'teardown') return verdict(judgeTeardown(setups as EndState[]), status);
  const scope = task.triggerRule === 'always' ? [] : states(setupsAround(task, graph));
  if (scope.includes('failed') || scope.includes('upstream_failed')) return 'upstream_failed';
  if (scope.includes('skipped')) return 'skipped';
  const count = (state: EndState) => upstreams.filter((upstream) => upstream === state).length;
  const rule = isTriggerRule(task.triggerRule) ? task.triggerRule : 'all_success';
  return verdict(
    judge(rule, {
      success: count('success'),
      failed: count('failed'),
      upstreamFailed: count('upstream_failed'),
      skipped: count('skipped'),
      n: upstreams.length,
    }),
    status,
  );
}

/** The rules would have let it run, but the run had ended before. */
function verdict(rule: 'runs' | 'skipped' | 'upstream_failed', status: ExecutionStatus): TaskState {
  return rule === 'runs' || status === 'ABORTED' ? 'not_run' : rule;
}

/** The setups in whose scope a task lies: those upstream of it that no teardown between them has closed. */
function setupsAround(task: ManifestTask, graph: ReadonlyMap<string, ManifestTask>): string[] {
  const ancestors = new Set<string>();
  const visit = (id: string) => {
    if (ancestors.has(id)) return;
    ancestors.add(id);
    for (const up of graph.get(id)?.upstreams ?? []) visit(up);
  };
  for (const up of task.upstreams) visit(up);
  const closed = new Set(
    [...ancestors].flatMap((id) => (graph.get(id)?.kind === 'teardown' ? (graph.get(id)!.setups ?? []) : [])),
  );
  return [...ancestors].filter((id) => graph.get(id)?.kind === 'setup' && !closed.has(id));
}

/** The catcher that took the error records a skip: the task's `skipOn` has its name. */
function isSkip(state: State | undefined, error: string | undefined): boolean {
  if (error === undefined || state === undefined || !('Catch' in state)) return false;
  const catcher = state.Catch?.find(({ ErrorEquals }) =>
    ErrorEquals.some((name) => name === error || name === 'States.ALL'),
  );
  return catcher !== undefined && /"state":"skipped"/.test(JSON.stringify(catcher));
}

function isEndState(state: TaskState): state is EndState {
  return state === 'success' || state === 'failed' || state === 'skipped' || state === 'upstream_failed';
}
