import { BIT, SKIPPED, type States, SUCCESS } from '../../airflow/end-state.ts';
import type { Reason } from '../../airflow/trigger-rules.ts';
import { type Tree, tasksOf } from '../4-plan/tree.ts';
import { assume, endsAs, evaluate, exclude, type Facts, judge, knows, learn, merge } from './facts.ts';
import type { Edge, Guard, Item, Target } from './outcomes.ts';
import type { Semantics } from './semantics.ts';

export function newEdge(known: Facts, ...ended: Edge['ended']): Edge {
  return { target: undefined, known, ended };
}

/** The same edge, further along: what it led to so far does not run. */
export function pass(edge: Edge, { known, ended }: PassedOver): Edge {
  (edge as { known: Facts }).known = known;
  edge.ended.push(...ended);
  return edge;
}

export function aim(edges: readonly Edge[], target: Target): void {
  for (const edge of edges) edge.target = target;
}

export interface PassedOver {
  readonly known: Facts;
  readonly ended: readonly { readonly task: string; readonly state: Reason['then'] }[];
}

/** How everything in a part of the plan ends where none of it can run; undefined where something may. */
export function passedOver(tree: Tree, known: Facts, semantics: Semantics): PassedOver | undefined {
  // Copied once: a part may have thousands of tasks.
  let after: Map<string, States> | undefined;
  const ended: { task: string; state: Reason['then'] }[] = [];
  for (const task of tasksOf(tree)) {
    const state = judge(semantics.reasons(task), after ?? known);
    if (state === 'runs' || state === 'depends') return undefined;
    // What a branch decided was recorded there.
    if (knows(after ?? known, task) !== SKIPPED) ended.push({ task, state });
    after ??= new Map(known);
    after.set(task, BIT[state]);
  }
  return { known: after ?? known, ended };
}

/** How the edges to a task go on: into it, past it, or to a test before it. */
export interface Entry {
  /** What is known where it runs; undefined where it never does. */
  readonly known: Facts | undefined;
  readonly guard: Guard | undefined;
  /** Ways on which it does not run. */
  readonly passing: readonly Edge[];
  /** Leads the other edges to the item that was made of the task. */
  lead(item: Item): void;
}

export function entryOf(id: string, edges: readonly Edge[], semantics: Semantics): Entry {
  const reasons = semantics.reasons(id);
  const passing: Edge[] = [];
  const running: Edge[] = [];
  const asking: Edge[] = [];
  for (const edge of edges) {
    const verdict = judge(reasons, edge.known);
    if (verdict === 'runs') running.push(edge);
    else if (verdict === 'depends') asking.push(edge);
    else passing.push(passOver(edge, id, verdict));
  }
  const entries = running.map(({ known }) => known);
  const tests: Guard['tests'][number][] = [];
  if (asking.length > 0) {
    let known = merge(asking.map((edge) => edge.known));
    for (const { when, then, decided } of reasons) {
      const holds = evaluate(when, known);
      if (holds === false) continue;
      const passed = endsAs(assume(when, known), id, then);
      tests.push({
        when,
        known,
        decided,
        edge: decided ? newEdge(passed) : newEdge(passed, { task: id, state: then }),
      });
      known = exclude(when, known, semantics);
    }
    entries.push(known);
  }
  return {
    // Whatever was decided of it before, it runs now.
    known: entries.length > 0 ? learn(merge(entries), id, SUCCESS) : undefined,
    guard: tests.length > 0 ? { tests } : undefined,
    passing: [...tests.map(({ edge }) => edge), ...passing],
    lead(item) {
      aim(running, { to: 'state', item });
      aim(asking, { to: 'guard', item });
    },
  };
}

/** An edge on which the task does not run; where a branch decided that, it was recorded there. */
function passOver(edge: Edge, id: string, state: 'skipped' | 'upstream_failed'): Edge {
  const decided = knows(edge.known, id) === SKIPPED;
  return pass(edge, { known: endsAs(edge.known, id, state), ended: decided ? [] : [{ task: id, state }] });
}
