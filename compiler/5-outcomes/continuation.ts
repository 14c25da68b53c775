import { BAD, BIT, FAILED, type States } from '../../airflow/end-state.ts';
import type { Condition } from '../../airflow/trigger-rules.ts';
import { type Tree, tasksOf } from '../4-plan/tree.ts';
import { evaluate, type Facts, judge } from './facts.ts';
import type { Semantics } from './semantics.ts';

/** What comes behind a piece of the plan in the machine's own scope: a list, the nearest first. */
export interface Continuation {
  readonly nearest: Tree | undefined;
  readonly further: Continuation | undefined;
  /** That nothing of it runs where nothing of what stands right before it in the same series did. */
  readonly dies: boolean;
}

/** Nothing, but within the machine's own scope. */
export const NO_CONTINUATION: Continuation = { nearest: undefined, further: undefined, dies: true };

/** What is behind each child of a series, of which `beyond` is behind the last. */
export function continuations(children: readonly Tree[], beyond: Continuation, semantics: Semantics): Continuation[] {
  const each: Continuation[] = [];
  let behind: Continuation = beyond.nearest === undefined ? beyond : { ...beyond, dies: false };
  for (let i = children.length - 1; i >= 0; i--) {
    each[i] = behind;
    const [before, child] = [children[i - 1], children[i] as Tree];
    const dies = behind.dies && before !== undefined && diesAfter(before, child, semantics);
    behind = { nearest: child, further: behind.nearest === undefined ? undefined : behind, dies };
  }
  return each;
}

/** Whether each task of a part is kept from running by one of the part itself or of the one before it, if that is all dead. */
function diesAfter(before: Tree, part: Tree, semantics: Semantics): boolean {
  const near = new Set([...tasksOf(before), ...tasksOf(part)]);
  return tasksOf(part).every((task) => semantics.causes(task)?.some((cause) => near.has(cause)));
}

/** Remembers a task that was found to run: mostly it answers the next call, too. */
export interface Ground {
  readonly semantics: Semantics;
  /** The tasks that were laid so far. */
  readonly laid: { has(task: string): boolean };
  survivor?: string;
}

/**
 * Whether a failure may end the execution by itself: it leaves nothing to run, nothing is recorded yet, and the run is sure to fail.
 * @param alone whether what failed is all that stands right before what is behind
 */
export function endsTheRun(known: Facts, failed: Facts, behind: Continuation, ground: Ground, alone: boolean): boolean {
  if ([...known.values()].some((states) => states & FAILED)) return false;
  if (alone && behind.nearest && behind.dies) return true;
  const { semantics, laid, survivor } = ground;
  if (survivor !== undefined && !laid.has(survivor)) {
    const reasons = semantics.reasons(survivor);
    const isSure = reasons.every(({ when }) => when.tasks.every((task) => laid.has(task)));
    if (isSure && isAlive(judge(reasons, failed))) return false;
  }
  const after = new Map<string, States>(failed);
  for (let part: Continuation | undefined = behind; part?.nearest; part = part.further) {
    for (const task of tasksOf(part.nearest)) {
      const verdict = judge(semantics.reasons(task), after);
      if (isAlive(verdict)) {
        ground.survivor = task;
        return false;
      }
      after.set(task, BIT[verdict]);
    }
  }
  return evaluate(runFails(semantics), after) === true;
}

function isAlive(verdict: ReturnType<typeof judge>): verdict is 'runs' | 'depends' {
  return verdict === 'runs' || verdict === 'depends';
}

/** That the run fails: a task that decides it ended bad. */
export function runFails({ leaves }: Semantics): Condition {
  return { quantifier: 'any', tasks: leaves, in: BAD };
}
