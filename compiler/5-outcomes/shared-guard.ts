import { BAD } from '../../airflow/end-state.ts';
import type { Tree } from '../4-plan/tree.ts';
import { type Settled, settle } from './edges.ts';
import { basisOf, endsAs, evaluate, type Knowledge } from './facts.ts';
import type { Question } from './outcomes.ts';
import type { Semantics } from './semantics.ts';

/** What passes a whole part of the plan over, if one simple condition does: the question, and what is known where it held. */
export interface OneGuard {
  readonly question: Question;
  readonly passed: Knowledge;
  /** How each task of it then ends. */
  readonly ended: Settled['ended'];
}

/** The one condition that keeps all of these from running, where each would ask the same. */
export function oneGuardOf(children: readonly Tree[], known: Knowledge, semantics: Semantics): OneGuard | undefined {
  let asked: string | undefined;
  let question: Question | undefined;
  let passed = known;
  const ended: Settled['ended'][number][] = [];
  for (const child of children) {
    const after = forced(child, passed);
    if (!after) return undefined;
    passed = after;
  }
  return question && { question, passed, ended };

  /** What is known behind a part whose first tasks do not run; undefined where that leaves something of it to run. */
  function forced(node: Tree, before: Knowledge): Knowledge | undefined {
    if (node.kind !== 'task') {
      const [first, ...rest] = node.children;
      // What stands beside the first is asked the same; what comes behind it must be settled by its not running.
      const next = node.kind === 'par' ? forced : settled;
      return rest.reduce<Knowledge | undefined>((k, child) => k && next(child, k), forced(first as Tree, before));
    }
    const reasons = semantics.reasons(node.id).filter(({ when }) => evaluate(when, known) !== false);
    const [reason] = reasons;
    if (!reason || reasons.length > 1 || reason.then !== 'upstream_failed' || evaluate(reason.when, known))
      return undefined;
    if (reason.when.quantifier !== 'any' || reason.when.in !== BAD) return undefined;
    const basis = [...new Set(reason.when.tasks.flatMap((task) => [...basisOf(task, known, semantics)]))].sort().join();
    if (asked !== undefined && asked !== basis) return undefined;
    asked = basis;
    question ??= { when: reason.when, known };
    ended.push({ task: node.id, state: 'upstream_failed' });
    return endsAs(before, node.id, 'upstream_failed');
  }

  function settled(node: Tree, before: Knowledge): Knowledge | undefined {
    const after = settle(node, before, semantics);
    ended.push(...(after?.ended ?? []));
    return after?.known;
  }
}
