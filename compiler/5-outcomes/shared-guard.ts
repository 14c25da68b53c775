import { BAD } from '../../airflow/end-state.ts';
import type { Tree } from '../4-plan/tree.ts';
import { type PassedOver, passedOver } from './edges.ts';
import { basisOf, endsAs, evaluate, type Facts } from './facts.ts';
import type { GuardTest } from './outcomes.ts';
import type { Semantics } from './semantics.ts';

/** What passes a whole part of the plan over, if one simple condition does: the test, and what is known where it held. */
export interface SharedGuard {
  readonly test: GuardTest;
  readonly passed: Facts;
  /** How each task of it then ends. */
  readonly ended: PassedOver['ended'];
}

/** The one condition that keeps all of these from running, where each would ask the same. */
export function sharedGuardOf(children: readonly Tree[], known: Facts, semantics: Semantics): SharedGuard | undefined {
  let asked: string | undefined;
  let test: GuardTest | undefined;
  let passed = known;
  const ended: PassedOver['ended'][number][] = [];
  for (const child of children) {
    const after = forced(child, passed);
    if (!after) return undefined;
    passed = after;
  }
  return test && { test, passed, ended };

  /** What is known behind a part whose first tasks do not run; undefined where that leaves something of it to run. */
  function forced(node: Tree, before: Facts): Facts | undefined {
    if (node.kind !== 'task') {
      const [first, ...rest] = node.children;
      // What stands beside the first has the same condition; what comes behind it must be decided by its not running.
      const next = node.kind === 'par' ? forced : settled;
      return rest.reduce<Facts | undefined>((k, child) => k && next(child, k), forced(first as Tree, before));
    }
    const reasons = semantics.reasons(node.id).filter(({ when }) => evaluate(when, known) !== false);
    const [reason] = reasons;
    if (!reason || reasons.length > 1 || reason.then !== 'upstream_failed' || evaluate(reason.when, known))
      return undefined;
    if (reason.when.quantifier !== 'any' || reason.when.in !== BAD) return undefined;
    const basis = [...new Set(reason.when.tasks.flatMap((task) => [...basisOf(task, known, semantics)]))].sort().join();
    if (asked !== undefined && asked !== basis) return undefined;
    asked = basis;
    test ??= { when: reason.when, known };
    ended.push({ task: node.id, state: 'upstream_failed' });
    return endsAs(before, node.id, 'upstream_failed');
  }

  function settled(node: Tree, before: Facts): Facts | undefined {
    const after = passedOver(node, before, semantics);
    ended.push(...(after?.ended ?? []));
    return after?.known;
  }
}
