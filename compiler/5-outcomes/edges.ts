import { BIT, SKIPPED, type States, SUCCESS } from '../../airflow/end-state.ts';
import type { Reason } from '../../airflow/trigger-rules.ts';
import { type Tree, tasksOf } from '../4-plan/tree.ts';
import { assume, endsAs, evaluate, exclude, judge, type Knowledge, knows, learn, merge } from './facts.ts';
import type { Guard, Item, Target, Way } from './outcomes.ts';
import type { Semantics } from './semantics.ts';

export function newWay(known: Knowledge, ...ended: Way['ended']): Way {
  return { target: undefined, known, ended };
}

/** The same way, further along: what lies behind it so far did not run. */
export function pass(way: Way, { known, ended }: Settled): Way {
  (way as { known: Knowledge }).known = known;
  way.ended.push(...ended);
  return way;
}

export function aim(ways: readonly Way[], target: Target): void {
  for (const way of ways) way.target = target;
}

export interface Settled {
  readonly known: Knowledge;
  readonly ended: readonly { readonly task: string; readonly state: Reason['then'] }[];
}

/** How everything in a part of the plan ends where none of it can run; undefined where something may. */
export function settle(tree: Tree, known: Knowledge, semantics: Semantics): Settled | undefined {
  // Copied once: a part may have thousands of tasks.
  let after: Map<string, States> | undefined;
  const ended: { task: string; state: Reason['then'] }[] = [];
  for (const task of tasksOf(tree)) {
    const state = judge(semantics.reasons(task), after ?? known);
    if (state === 'runs' || state === 'depends') return undefined;
    // What a branch decided was written down there.
    if (knows(after ?? known, task) !== SKIPPED) ended.push({ task, state });
    after ??= new Map(known);
    after.set(task, BIT[state]);
  }
  return { known: after ?? known, ended };
}

/** How the ways to a task go on: into it, past it, or to a question before it. */
export interface Entry {
  /** What is known where it runs; undefined where it never does. */
  readonly known: Knowledge | undefined;
  readonly guard: Guard | undefined;
  /** Ways on which it does not run. */
  readonly passing: readonly Way[];
  /** Leads the other ways to what was made of the task. */
  lead(item: Item): void;
}

export function enter(id: string, ways: readonly Way[], semantics: Semantics): Entry {
  const reasons = semantics.reasons(id);
  const passing: Way[] = [];
  const running: Way[] = [];
  const asking: Way[] = [];
  for (const way of ways) {
    const verdict = judge(reasons, way.known);
    if (verdict === 'runs') running.push(way);
    else if (verdict === 'depends') asking.push(way);
    else passing.push(passOver(way, id, verdict));
  }
  const entries = running.map(({ known }) => known);
  const questions: Guard['questions'][number][] = [];
  if (asking.length > 0) {
    let known = merge(asking.map((way) => way.known));
    for (const { when, then, decided } of reasons) {
      const holds = evaluate(when, known);
      if (holds === false) continue;
      const passed = endsAs(assume(when, known), id, then);
      questions.push({
        when,
        known,
        decided,
        way: decided ? newWay(passed) : newWay(passed, { task: id, state: then }),
      });
      known = exclude(when, known, semantics);
    }
    entries.push(known);
  }
  return {
    // Whatever was decided of it before, it runs now.
    known: entries.length > 0 ? learn(merge(entries), id, SUCCESS) : undefined,
    guard: questions.length > 0 ? { questions } : undefined,
    passing: [...questions.map(({ way }) => way), ...passing],
    lead(item) {
      aim(running, { to: 'state', item });
      aim(asking, { to: 'guard', item });
    },
  };
}

/** A way on which the task does not run; where that was decided above, it was written down there. */
function passOver(way: Way, id: string, state: 'skipped' | 'upstream_failed'): Way {
  const decided = knows(way.known, id) === SKIPPED;
  return pass(way, { known: endsAs(way.known, id, state), ended: decided ? [] : [{ task: id, state }] });
}
