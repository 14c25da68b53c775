import { BIT, FAILED, SKIPPED, type States, SUCCESS } from '../../airflow/end-state.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { Semantics } from './semantics.ts';

/** So many ends of tasks are tried. What is not decided by then is taken for possible. */
const MOST_TRIED = 20_000;

/**
 * Whether a task can run although another one, which is upstream of it, did not succeed: tried on every combination of ends that the tasks
 * before it can have together. Of a branch that computes what it chooses, every choice counts as possible.
 */
export function canRunWithout(reader: string, source: string, graph: Graph, semantics: Semantics): boolean {
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

/** What a branch or a short circuit skips in each of its ways; undefined for any of what it decides, and for what decides nothing. */
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
