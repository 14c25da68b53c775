import { BAD, BIT, FAILED, SKIPPED, type States, SUCCESS, UPSTREAM_FAILED } from '../../airflow/end-state.ts';
import { reach, setupScopes } from '../../airflow/setup-scope.ts';
import { decidedReason, type Reason, ruleReasons, scopeReasons, teardownReasons } from '../../airflow/trigger-rules.ts';
import { canFail, type TaskModel } from '../../authoring/internal.ts';
import { byId } from '../2-lower/lower.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { Given } from './facts.ts';

/** Stands for the run's first failure, where the DAG says that it ends the run. No task's id has this character. */
export const FIRST_FAILURE = '!';

/** What is true of a DAG's tasks whatever the plan: why each does not run, how it can end, whether its ending bad can be read elsewhere. */
export interface Semantics {
  /** In the order in which they are judged. */
  reasons(id: string): readonly Reason[];
  /** How it can end if it runs. */
  ends(id: string): States;
  /** How it can end at all. */
  possible(id: string): States;
  /** Every task, none before its upstreams. */
  readonly order: readonly string[];
  /**
   * The tasks whose ending bad kept this one from running, where nothing else does: then its own not running needs no record, for whoever
   * asks can ask for theirs. Undefined where its state must be recorded.
   */
  derivedFrom(id: string): readonly string[] | undefined;
  /** The tasks of which one that ended bad keeps this one from running, where that is all that can; undefined elsewhere. */
  causes(id: string): readonly string[] | undefined;
  /** The tasks that decide the run: those whose downstreams are all teardowns, and teardowns with `onFailureFailDagrun`. */
  readonly leaves: readonly string[];
  isTeardown(id: string): boolean;
  /** Whether its ending bad can make the run fail: it decides the run, or keeps a task from running whose not running does. */
  failsTheRun(id: string): boolean;
  /** Whether the first failure ends the run. */
  readonly failFast: boolean;
  /** What a branch or a short circuit can skip by itself: what stands right behind it, or everything behind it. */
  decides(id: string): readonly string[];
  /** What a branch may choose of: the tasks right behind it, those that ended before the run among them, and groups. */
  choosable(branch: string): readonly string[];
  /** Whether a task goes on where the branch chooses this task or group: it is the task, one of the group's first ones, or stands behind one. */
  goesOn(branch: string, task: string, chosen: string): boolean;
}

export function semanticsOf(graph: Graph, given: Given): Semantics {
  const scopes = scopesOf(graph);
  const decides = new Map([...graph.tasks.keys()].map((id) => [id, decidedBy(graph, id, given)]));
  const decided = new Set([...decides.values()].flat());
  const reasons = new Map<string, readonly Reason[]>();
  const possible = new Map<string, States>();
  const causes = new Map<string, readonly string[] | undefined>();
  /** The tasks whose records tell whether one ended bad. */
  const bases = new Map<string, ReadonlySet<string>>();
  const derived = (id: string) =>
    bases.get(id)?.size === 1 && causes.get(id)?.length !== 0 ? undefined : causes.get(id);
  /** The setups whose ending bad makes a task end bad. */
  const carried = new Map<string, ReadonlySet<string>>();
  const { failFast } = graph.model;
  const teardown = (id: string) => graph.tasks.get(id)?.model.kind === 'teardown';
  // The end of the run may depend on any failure.
  if (failFast) {
    const all = [...graph.tasks.keys()].filter((id) => !teardown(id) && !given.has(id));
    causes.set(FIRST_FAILURE, all);
    bases.set(FIRST_FAILURE, new Set([FIRST_FAILURE, ...all]));
  }
  const order = topological(graph);
  for (const id of order) {
    const { model } = graph.tasks.get(id)!;
    const before = given.get(id);
    if (before !== undefined) {
      // It has ended, and nothing of this run changes that.
      reasons.set(id, []);
      possible.set(id, BIT[before]);
      causes.set(id, []);
      bases.set(id, new Set([id]));
      carried.set(id, new Set(model.kind === 'setup' ? [id] : []));
      continue;
    }
    const byOthers = reasonsOf(id).filter(({ when }) =>
      when.tasks.some((task) => (possible.get(task) as States) & when.in),
    );
    const own = [
      ...(failFast && !teardown(id) ? [afterFailure] : []),
      ...(decided.has(id) ? [decidedReason(id)] : []),
      ...byOthers,
    ];
    reasons.set(id, own);
    possible.set(
      id,
      own.reduce((states, { then }) => states | (then === 'skipped' ? SKIPPED : UPSTREAM_FAILED), endsOf(model)),
    );
    const simple = own.every(isBad);
    const from = [...new Set(own.filter(isBad).flatMap(({ when }) => when.tasks))];
    causes.set(id, simple ? from : undefined);
    const basis = new Set([
      id,
      ...(simple ? from.flatMap((task) => [...(bases.get(task) as ReadonlySet<string>)]) : []),
    ]);
    bases.set(id, basis.size > MOST_SOURCES ? new Set([id]) : basis);
    carried.set(
      id,
      new Set([
        ...(model.kind === 'setup' ? [id] : []),
        ...from.flatMap((task) => [...(carried.get(task) as ReadonlySet<string>)]),
      ]),
    );
  }
  const leaves = [...leavesOf(graph, teardown), ...(failFast ? [FIRST_FAILURE] : [])];
  const failing = failingOf(leaves, order, (id) => reasons.get(id) as readonly Reason[]);
  return {
    reasons: (id) => reasons.get(id) as readonly Reason[],
    ends: (id) => endsOf(graph.tasks.get(id)!.model),
    possible: (id) => possible.get(id) as States,
    order,
    derivedFrom: derived,
    causes: (id) => causes.get(id),
    leaves,
    failsTheRun: (id) => failing.has(id),
    failFast,
    isTeardown: teardown,
    decides: (id) => decides.get(id) as readonly string[],
    choosable: (branch) => [...graph.tasks.get(branch)!.downstreams, ...Object.keys(groupsOf(branch))].sort(byId),
    goesOn: (branch, task, chosen) =>
      (groupsOf(branch)[chosen] ?? [chosen]).some(
        (one) => task === one || reach(one, (id) => graph.tasks.get(id)!.downstreams).has(task),
      ),
  };

  function groupsOf(branch: string): { readonly [group: string]: readonly string[] } {
    const { decision } = graph.tasks.get(branch)!.model;
    return decision === undefined || decision.kind === 'test' ? {} : (decision.groups ?? {});
  }

  function reasonsOf(id: string): Reason[] {
    const { model, upstreams } = graph.tasks.get(id)!;
    if (model.kind === 'teardown') return teardownReasons(model.setups);
    const byRule = ruleReasons(model.triggerRule, upstreams);
    const inScope = model.triggerRule === 'always' ? [] : [...(scopes.get(id) ?? [])].sort(byId);
    return [...scopeReasons(inScope.filter((setup) => !implied(setup, byRule))), ...byRule];
  }

  /** Whether the rule alone already keeps the task from running where the setup ended bad or skipped. */
  function implied(setup: string, byRule: readonly Reason[]): boolean {
    // A setup that was skipped is judged before the rule, which would let another upstream's failure win.
    const canSkip = ((possible.get(setup) as States) & SKIPPED) !== 0;
    return (
      !canSkip &&
      byRule.some((reason) => isBad(reason) && reason.when.tasks.some((task) => carried.get(task)?.has(setup)))
    );
  }
}

/** What has more sources is recorded itself: nobody reads a condition of a thousand names. */
const MOST_SOURCES = 32;

/** That one of some tasks ended bad. */
function isBad({ when, then }: Reason): boolean {
  return when.quantifier === 'any' && when.in === BAD && then === 'upstream_failed';
}

const afterFailure: Reason = { when: { quantifier: 'any', tasks: [FIRST_FAILURE], in: BAD }, then: 'skipped' };

/** How a task can end if it runs. */
function endsOf({ decision, skipOn }: TaskModel): States {
  if (decision) return SUCCESS | (canFail(decision) ? FAILED : 0);
  return SUCCESS | FAILED | (skipOn.length > 0 ? SKIPPED : 0);
}

/** A short circuit spares teardowns; with `ignoreDownstreamTriggerRules: false` it reaches no further than a branch. */
function decidedBy(graph: Graph, id: string, given: Given): string[] {
  const { model, downstreams } = graph.tasks.get(id)!;
  if (!model.decision || given.has(id)) return [];
  if (model.decision.kind !== 'test') return downstreams.filter((down) => !given.has(down));
  const behind = model.decision.ignoreDownstreamTriggerRules
    ? [...reach(id, (up) => graph.tasks.get(up)!.downstreams)]
    : downstreams;
  return behind.filter((down) => graph.tasks.get(down)!.model.kind !== 'teardown' && !given.has(down)).sort(byId);
}

/** For each task the setups in whose scope it is. */
export function scopesOf({ tasks }: Graph): Map<string, Set<string>> {
  return setupScopes(
    new Map(
      [...tasks].map(([id, { model, upstreams }]) => [
        id,
        { kind: model.kind, upstreams, ...(model.kind === 'teardown' && { setups: model.setups }) },
      ]),
    ),
  );
}

function leavesOf(graph: Graph, teardown: (id: string) => boolean): string[] {
  const decisive = [...graph.tasks]
    .filter(([id, { model, downstreams }]) => (teardown(id) ? model.onFailureFailDagrun : downstreams.every(teardown)))
    .map(([id]) => id);
  if (decisive.length > 0) return decisive;
  // A DAG of teardowns alone, none of which is to fail the run: the last ones count.
  return [...graph.tasks].filter(([, { downstreams }]) => downstreams.length === 0).map(([id]) => id);
}

/** The tasks that can make the run fail by ending bad, given them all in an order in which none comes before its upstreams. */
function failingOf(
  leaves: readonly string[],
  order: readonly string[],
  reasons: (id: string) => readonly Reason[],
): ReadonlySet<string> {
  const failing = new Set(leaves);
  for (const id of [...order].reverse()) {
    if (!failing.has(id)) continue;
    for (const { when, then } of reasons(id))
      if (then === 'upstream_failed' && when.in & FAILED) for (const task of when.tasks) failing.add(task);
  }
  return failing;
}

function topological({ tasks }: Graph): string[] {
  const waiting = new Map([...tasks].map(([id, { upstreams }]) => [id, upstreams.length]));
  const order = [...waiting].filter(([, n]) => n === 0).map(([id]) => id);
  for (let i = 0; i < order.length; i++) {
    for (const down of tasks.get(order[i] as string)!.downstreams) {
      const left = (waiting.get(down) as number) - 1;
      waiting.set(down, left);
      if (left === 0) order.push(down);
    }
  }
  return order;
}
