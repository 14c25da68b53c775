import type { TriggerRule } from '../../authoring/index.ts';
import type { Read } from './values.ts';

/** A DAG with the outcome of each task, as the tests make them. Tasks stand in topological order; `t<i>` is the i-th. */
export interface Story {
  readonly tasks: readonly OracleTask[];
  readonly failFast: boolean;
}
export interface OracleTask {
  readonly kind: 'task' | 'setup' | 'teardown' | 'branch' | 'short' | 'shortdirect';
  readonly rule: TriggerRule;
  readonly deps: readonly number[];
  /** What it does when it runs: a branch chooses of its downstreams, a short circuit goes on or not. */
  readonly outcome:
    | 'success'
    | 'failed'
    | 'skipped'
    | { readonly chooses: readonly number[] }
    | { readonly goesOn: boolean };
  /** What its call is given of others. */
  readonly reads?: readonly Read[];
  /** Of a decision: whose answer it reads, and whether it says what stands for it (then a short circuit does not go on without it). */
  readonly by?: { readonly of: number; readonly guarded: boolean };
  /** That it stands in a task group, whose id is before its own. */
  readonly grouped?: boolean;
  /** Of a teardown: that its failure fails the run. */
  readonly failsRun?: boolean;
}

export type End = 'success' | 'failed' | 'upstream_failed' | 'skipped';

export interface Told {
  readonly ends: readonly End[];
  readonly ran: readonly number[];
  readonly failed: boolean;
}

/** What of a story is the same whatever its tasks do. */
export interface Shape {
  readonly downstreams: readonly (readonly number[])[];
  /** Everything downstream of a task, directly or not. */
  readonly below: readonly ReadonlySet<number>[];
  /** The setups in whose scope a task is: it lies between the setup and a teardown of it, or below one that has none. */
  readonly scopes: readonly (readonly number[])[];
}

export function shapeOf(tasks: readonly OracleTask[]): Shape {
  const downstreams = tasks.map((_, i) => tasks.flatMap(({ deps }, d) => (deps.includes(i) ? [d] : [])));
  const below = tasks.map((_, i) => reach(i, downstreams));
  const teardownsOf = tasks.map((_, s) =>
    tasks.flatMap((task, t) => (task.kind === 'teardown' && task.deps.includes(s) ? [t] : [])),
  );
  const scopes = tasks.map((_, i) =>
    tasks.flatMap(({ kind }, s) => {
      if (kind !== 'setup' || !below[s]!.has(i)) return [];
      const teardowns = teardownsOf[s]!;
      return teardowns.length === 0 || teardowns.some((t) => below[i]!.has(t)) ? [s] : [];
    }),
  );
  return { downstreams, below, scopes };
}

/**
 * Airflow's semantics, told straight: task after task, each judged by the ends of its upstreams. Nothing of the compiler is in it.
 * Tasks that are given ended so before and do not run; a decision among them has been made. The shape is found where it is not given.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html
 */
export function tell(
  { tasks }: Story,
  given: ReadonlyMap<number, 'success' | 'skipped'> = new Map(),
  { downstreams, below, scopes }: Shape = shapeOf(tasks),
): Told {
  const ends: End[] = [];
  const ran: number[] = [];
  const cut = new Set<number>();
  for (const i of tasks.keys()) {
    const before = given.get(i);
    if (before !== undefined) {
      if (before === 'success') act(i);
      ends[i] = before;
      continue;
    }
    const verdict = judge(i);
    if (verdict !== 'run') {
      ends[i] = verdict;
      continue;
    }
    ran.push(i);
    ends[i] = act(i);
  }
  const isTeardown = (i: number) => tasks[i]!.kind === 'teardown';
  let leaves = tasks.flatMap(({ failsRun = false }, i) =>
    (isTeardown(i) ? failsRun : downstreams[i]!.every(isTeardown)) ? [i] : [],
  );
  if (leaves.length === 0) leaves = tasks.flatMap((_, i) => (downstreams[i]!.length === 0 ? [i] : []));
  return { ends, ran, failed: leaves.some((i) => ends[i] === 'failed' || ends[i] === 'upstream_failed') };

  function judge(i: number): End | 'run' {
    const { kind, deps, rule } = tasks[i]!;
    if (cut.has(i)) return 'skipped';
    const setups = deps.filter((d) => tasks[d]!.kind === 'setup').map((d) => ends[d]);
    if (kind === 'teardown') {
      if (setups.length === 0 || setups.includes('success')) return 'run';
      return setups.every((end) => end === 'skipped') ? 'skipped' : 'upstream_failed';
    }
    if (rule !== 'always') {
      const around = scopes[i]!.map((s) => ends[s]);
      if (around.some((end) => end === 'failed' || end === 'upstream_failed')) return 'upstream_failed';
      if (around.includes('skipped')) return 'skipped';
    }
    return byRule(
      rule,
      deps.map((d) => ends[d] as End),
    );
  }

  function act(i: number): End {
    const { kind, outcome, by } = tasks[i]!;
    if (typeof outcome === 'string') return outcome;
    if ('goesOn' in outcome) {
      const behind = kind === 'short' ? [...below[i]!] : downstreams[i]!;
      const goesOn = outcome.goesOn && (by === undefined || ends[by.of] === 'success');
      if (!goesOn) for (const d of behind) if (tasks[d]!.kind !== 'teardown') cut.add(d);
    } else {
      const followed = (d: number) => outcome.chooses.some((c) => c === d || below[c]!.has(d));
      for (const d of downstreams[i]!) if (!followed(d)) cut.add(d);
    }
    return 'success';
  }
}

function byRule(rule: TriggerRule, ups: readonly End[]): End | 'run' {
  const n = ups.length;
  if (n === 0) return 'run';
  const count = (end: End) => ups.filter((up) => up === end).length;
  const [s, f, u, k] = [count('success'), count('failed'), count('upstream_failed'), count('skipped')];
  switch (rule) {
    case 'all_success':
      return s === n ? 'run' : f + u > 0 ? 'upstream_failed' : 'skipped';
    case 'all_failed':
      return f + u === n ? 'run' : 'skipped';
    case 'all_done':
    case 'always':
      return 'run';
    case 'all_done_min_one_success':
      return k === 0 && s > 0 ? 'run' : k > 0 ? 'skipped' : 'upstream_failed';
    case 'all_skipped':
      return k === n ? 'run' : 'skipped';
    case 'one_success':
      return s > 0 ? 'run' : k === n ? 'skipped' : 'upstream_failed';
    case 'one_failed':
      return f + u > 0 ? 'run' : 'skipped';
    case 'one_done':
      return s + f > 0 ? 'run' : 'skipped';
    case 'none_failed':
      return f + u === 0 ? 'run' : 'upstream_failed';
    case 'none_skipped':
      return k === 0 ? 'run' : 'skipped';
    case 'none_failed_min_one_success':
      return f + u === 0 && s > 0 ? 'run' : f + u > 0 ? 'upstream_failed' : 'skipped';
  }
}

function reach(from: number, downstreams: readonly (readonly number[])[]): Set<number> {
  const found = new Set<number>();
  const open = [...downstreams[from]!];
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (!found.has(i)) open.push(...downstreams[i]!);
    found.add(i);
  }
  return found;
}
