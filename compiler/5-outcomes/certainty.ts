import { BAD, BIT, FAILED, SKIPPED, type States, SUCCESS, UPSTREAM_FAILED } from '../../airflow/end-state.ts';
import type { Reason } from '../../airflow/trigger-rules.ts';
import type { Graph } from '../3-graph/graph.ts';
import { type Facts, knows } from './facts.ts';
import type { Item, Outcomes, Scope } from './outcomes.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';

/**
 * How a task can have ended where something is known. What a failure stopped in a Parallel is not known to have ended at all, and what it
 * answered is lost.
 */
export function endsAt({ stopped }: Pick<Outcomes, 'stopped'>, known: Facts, task: string): States {
  const isLost = stopped.has(task) && (knows(known, FIRST_FAILURE) & FAILED) !== 0;
  return knows(known, task) | (isLost ? FAILED : 0);
}

/**
 * Whether a task has surely succeeded where another one runs, which is downstream of it: by what is known at its place in the plan, or
 * because of the rules that led there: a task that runs only if another succeeded has what that one needed, and so on upwards; or because
 * no combination of ends lets it run otherwise.
 */
export class Certainty {
  readonly #graph: Graph;
  readonly #outcomes: Outcomes;
  readonly #order: readonly string[];
  readonly #known = new Map<string, Facts>();
  /** For each task the tasks that run only if it succeeded. */
  readonly #needing = new Map<string, ReadonlySet<string>>();
  #idle: ReadonlySet<string> | undefined;

  constructor(graph: Graph, outcomes: Outcomes) {
    this.#graph = graph;
    this.#outcomes = outcomes;
    this.#order = outcomes.semantics.order;
    this.#learn(outcomes.body);
  }

  isSure(reader: string, source: string): boolean {
    const known = this.#known.get(reader);
    // It never runs.
    if (known === undefined) return true;
    if (endsAt(this.#outcomes, known, source) === SUCCESS) return true;
    const needing = this.#neededBy(source);
    if (needing.has(reader)) return true;
    // Something before it is known to have succeeded that needed the source.
    const open = [...this.#graph.tasks.get(reader)!.upstreams];
    const seen = new Set(open);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (needing.has(id) && endsAt(this.#outcomes, known, id) === SUCCESS) return true;
      for (const up of this.#graph.tasks.get(id)!.upstreams) {
        if (!seen.has(up)) open.push(up);
        seen.add(up);
      }
    }
    return !canRunWithout(reader, source, this.#graph, this.#outcomes.semantics);
  }

  #neededBy(source: string): ReadonlySet<string> {
    const before = this.#needing.get(source);
    if (before !== undefined) return before;
    const { semantics } = this.#outcomes;
    this.#idle ??= idleTasks(this.#order, semantics);
    const needing = needingOf(source, this.#graph, this.#order, this.#idle, semantics);
    this.#needing.set(source, needing);
    return needing;
  }

  #learn({ items }: Scope): void {
    for (const item of items) {
      if (item.kind === 'parallel') for (const branch of item.branches) this.#learn(branch);
      else this.#known.set(item.id, knownWhere(item));
    }
  }
}

/** What is known where a task runs. */
export function knownWhere(item: Exclude<Item, { readonly kind: 'parallel' }>): Facts {
  return item.kind === 'task' ? item.next.known : item.cases[0]!.edge.known;
}

/** The tasks that never run: a reason not to holds however the tasks before them end, as for `all_skipped` behind what cannot be skipped. */
function idleTasks(order: readonly string[], semantics: Semantics): Set<string> {
  const idle = new Set<string>();
  const possible = (task: string) =>
    task === FIRST_FAILURE ? -1 : semantics.possible(task) & ~(idle.has(task) ? SUCCESS | FAILED : 0);
  for (const id of order) {
    const holds = ({ quantifier, tasks, in: wanted }: Reason['when']) => {
      const each = tasks.map((task) => (possible(task) & ~wanted) === 0);
      return quantifier === 'any' ? each.includes(true) : each.every(Boolean);
    };
    if (semantics.reasons(id).some(({ when, decided }) => !decided && holds(when))) idle.add(id);
  }
  return idle;
}

/** The tasks that run only if the source succeeded. */
function needingOf(
  source: string,
  { tasks }: Graph,
  order: readonly string[],
  idle: ReadonlySet<string>,
  semantics: Semantics,
): Set<string> {
  const needing = new Set<string>();
  for (const id of order.slice(order.indexOf(source) + 1)) if (needs(id)) needing.add(id);
  return needing;

  function needs(id: string): boolean {
    const reasons = semantics.reasons(id);
    const excluded = new Map<string, States>();
    for (const { when } of reasons)
      if (when.quantifier === 'any' || when.tasks.length === 1)
        for (const task of when.tasks) excluded.set(task, (excluded.get(task) ?? 0) | when.in);
    const isResource = semantics.isTeardown(id);
    const left = (task: string, without: States = 0): States => {
      const stopped = semantics.failFast && !isResource && !semantics.isTeardown(task) ? BAD : 0;
      const possible = semantics.possible(task) & ~(idle.has(task) ? SUCCESS | FAILED : 0);
      return possible & ~(excluded.get(task) ?? 0) & ~without & ~stopped;
    };
    const before = new Set([...tasks.get(id)!.upstreams, ...excluded.keys()]);
    before.delete(FIRST_FAILURE);
    before.delete(id);
    if ([...before].some((task) => says(task, left(task)))) return true;
    // That not all of some ended so: one of them did not.
    return reasons.some(
      ({ when }) =>
        when.quantifier === 'all' &&
        when.tasks.every((task) => left(task, when.in) === 0 || says(task, left(task, when.in))),
    );
  }

  /** Whether the source succeeded where a task ended in one of these states. */
  function says(task: string, states: States): boolean {
    if (states === 0 || states & UPSTREAM_FAILED) return false;
    const ran = needing.has(task);
    if (states & FAILED && !ran) return false;
    if (states & SKIPPED && !(ran && isSkippedByItself(task))) return false;
    return !(states & SUCCESS) || ran || task === source;
  }

  function isSkippedByItself(task: string): boolean {
    return semantics.reasons(task).every(({ then }) => then !== 'skipped');
  }
}

/** So many ends of tasks are tried. What is not decided by then is taken for possible. */
const MOST_TRIED = 20_000;

/**
 * Whether a task can run although another one, which is upstream of it, did not succeed: tried on every combination of ends that the tasks
 * before it can have together. Of a branch that computes what it chooses, every choice counts as possible.
 */
function canRunWithout(reader: string, source: string, graph: Graph, semantics: Semantics): boolean {
  // What a failure elsewhere stops is not tried out.
  if (semantics.failFast) return true;
  const before = tasksBefore([reader, source], graph, semantics);
  const order = semantics.order.filter((id) => before.has(id));
  const decisions = new Map(order.map((id) => [id, skipsOf(id, graph, semantics)]));
  const ends = new Map<string, States>();
  /** What each branch and short circuit so far skips; undefined: any of what it decides. */
  const skips = new Map<string, ReadonlySet<string> | undefined>();
  let tried = 0;
  return tryFrom(0);

  function tryFrom(at: number): boolean {
    const id = order[at];
    if (id === undefined) return false;
    if (++tried > MOST_TRIED) return true;
    const possible = endsOf(id);
    if (id === reader) return (possible & RAN) !== 0 || (possible & OWN_SKIP) !== 0;
    for (const end of [SUCCESS, FAILED, SKIPPED, BIT.upstream_failed]) {
      if (!(possible & end) && !(end === SKIPPED && possible & OWN_SKIP)) continue;
      if (id === source && end === SUCCESS) continue;
      ends.set(id, end);
      for (const skipped of (end === SUCCESS && decisions.get(id)) || [NO_DECISION]) {
        if (skipped !== NO_DECISION) skips.set(id, skipped);
        if (tryFrom(at + 1)) return true;
        skips.delete(id);
      }
    }
    ends.delete(id);
    return false;
  }

  /** How a task can end where these before it ended so. */
  function endsOf(id: string): States {
    let possible = 0;
    for (const { when, then, decided } of semantics.reasons(id)) {
      if (decided) {
        const verdicts = [...skips].filter(([by]) => semantics.decides(by).includes(id)).map(([, skipped]) => skipped);
        if (verdicts.some((skipped) => skipped?.has(id))) return possible | SKIPPED;
        if (verdicts.includes(undefined)) possible |= SKIPPED;
        continue;
      }
      const each = when.tasks.map((task) => ((ends.get(task) as States) & when.in) !== 0);
      if (when.quantifier === 'any' ? each.includes(true) : each.every(Boolean)) return possible | BIT[then];
    }
    const own = semantics.ends(id) & semantics.possible(id);
    return possible | (own & RAN) | (own & SKIPPED ? OWN_SKIP : 0);
  }
}

const RAN = SUCCESS | FAILED;
/** That a task ran and was skipped by its own error, which is not that it did not run. */
const OWN_SKIP = 16;
const NO_DECISION: ReadonlySet<string> = new Set();

/** Some tasks and every one whose end decides whether they run. */
function tasksBefore(ids: readonly string[], graph: Graph, semantics: Semantics): Set<string> {
  const deciders = (id: string) => semantics.order.filter((by) => semantics.decides(by).includes(id));
  const before = new Set(ids);
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const reasons = semantics.reasons(id);
    const found = [
      ...reasons.flatMap(({ when, decided }) => (decided ? [] : when.tasks)),
      ...(reasons.some(({ decided }) => decided) ? deciders(id) : []),
    ];
    for (const one of found) {
      if (!before.has(one) && graph.tasks.has(one)) open.push(one);
      before.add(one);
    }
  }
  return before;
}

/** What a branch or a short circuit skips in each of its edges; undefined for any of what it decides, and for what decides nothing. */
function skipsOf(
  id: string,
  graph: Graph,
  semantics: Semantics,
): readonly (ReadonlySet<string> | undefined)[] | undefined {
  const { decision } = graph.tasks.get(id)!.model;
  if (decision === undefined) return undefined;
  if (decision.kind === 'computed') return [undefined];
  const decided = semantics.decides(id);
  if (decision.kind === 'test') return [new Set(), new Set(decided)];
  return [...decision.cases.map(({ chosen }) => chosen), decision.otherwise].map(
    (chosen) => new Set(decided.filter((task) => !chosen.some((one) => semantics.goesOn(id, task, one)))),
  );
}
