import type { Decision } from '../../authoring/internal.ts';
import type { Tree } from '../3-plan/tree.ts';
import type { Condition } from './condition.ts';
import { BAD, FAILED, SKIPPED, SUCCESS } from './end-state.ts';
import { enter } from './enter.ts';
import { endsAs, evaluate, type Knowledge, knows, learn } from './knowledge.ts';
import type { DecisionItem, Item, TaskItem, Way } from './outcomes.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';
import { settle } from './settle.ts';
import { newWay } from './way.ts';

/** Where a piece of the plan is laid: in which scope, and what comes behind it there. */
export interface Site {
  readonly path: readonly number[];
  readonly items: Item[];
  /** Behind it in the machine's own scope, the nearest last; undefined in a branch of a Parallel, where every failure is caught. */
  readonly behind: readonly Tree[] | undefined;
  /** In a branch of a Parallel that a failure is to end: it is caught there, if at all. */
  readonly stops?: true;
}

/** Lays a task, or a branch, and answers the ways behind it. */
export function layLeaf(
  id: string,
  decision: Decision | undefined,
  ways: readonly Way[],
  site: Site,
  semantics: Semantics,
): Way[] {
  const entry = enter(id, ways, semantics);
  if (entry.known === undefined) return [...entry.passing];
  const { known, guard } = entry;
  const canFail = (semantics.ends(id) & FAILED) !== 0 && !site.stops && !endsAlone(id, known, site, semantics);
  const failed = canFail ? newWay(afterFailure(id, known, semantics), { task: id, state: 'failed' }) : undefined;
  const item = decision
    ? decisionItem(id, decision, known, semantics, { guard, failed })
    : taskItem(id, known, semantics, { guard, failed });
  site.items.push(item);
  entry.lead(item);
  const onward =
    item.kind === 'decision' ? item.ways.map(({ way }) => way) : [...(item.skipped ? [item.skipped] : []), item.next];
  return [...entry.passing, ...(failed ? [failed] : []), ...onward];
}

type Around = Pick<TaskItem, 'guard' | 'failed'>;

function taskItem(id: string, known: Knowledge, semantics: Semantics, around: Around): TaskItem {
  const canSkip = (semantics.ends(id) & SKIPPED) !== 0;
  const skipped = canSkip ? newWay(endsAs(known, id, 'skipped'), { task: id, state: 'skipped' }) : undefined;
  return { kind: 'task', id, ...around, next: newWay(known), skipped };
}

function decisionItem(
  id: string,
  decision: Decision,
  known: Knowledge,
  semantics: Semantics,
  around: Around,
): DecisionItem {
  const reach = semantics.decides(id);
  const cut = (tasks: readonly string[]): Way => {
    const after = tasks.reduce((k, task) => endsAs(k, task, 'skipped'), known);
    return newWay(after, ...tasks.map((task) => ({ task, state: 'skipped' as const })));
  };
  const without = (chosen: readonly string[]) =>
    reach.filter((task) => !chosen.some((one) => semantics.follows(task, one)));
  switch (decision.kind) {
    case 'test':
      return {
        kind: 'decision',
        id,
        ...around,
        ways: [
          { when: decision.goOn, chosen: reach, way: newWay(known) },
          { when: undefined, chosen: [], way: cut(reach) },
        ],
      };
    case 'cases': {
      const cases = [...decision.cases, { when: undefined, chosen: decision.otherwise }];
      return {
        kind: 'decision',
        id,
        ...around,
        ways: cases.map(({ when, chosen }) => ({ when, chosen, way: cut(without(chosen)) })),
      };
    }
    default: {
      // Which are skipped is known when the run gets there; what may be written down is.
      const after = reach.reduce(
        (k, task) => learn(k, task, knows(k, task) === SKIPPED ? SKIPPED : SUCCESS | SKIPPED),
        known,
      );
      const way = newWay(after, ...reach.map((task) => ({ task, state: 'skipped' as const })));
      return { kind: 'decision', id, ...around, ways: [{ when: decision.chosen, chosen: reach, way }] };
    }
  }
}

/** Whether a failure may end the execution by itself: it leaves nothing to run, nothing is recorded yet, and the run is sure to fail. */
function endsAlone(id: string, known: Knowledge, { behind }: Site, semantics: Semantics): boolean {
  return !semantics.isTeardown(id) && endsTheRun(known, afterFailure(id, known, semantics), behind, semantics);
}

/** What is known when a task failed. */
function afterFailure(id: string, known: Knowledge, semantics: Semantics): Knowledge {
  const after = endsAs(known, id, 'failed');
  return semantics.failFast && !semantics.isTeardown(id) ? endsAs(after, FIRST_FAILURE, 'upstream_failed') : after;
}

/** Whether a failure leaves nothing to run, and may end the execution by itself. */
export function endsTheRun(known: Knowledge, failed: Knowledge, behind: Site['behind'], semantics: Semantics): boolean {
  if (!behind || [...known.values()].some((states) => states & FAILED)) return false;
  let after = failed;
  for (const node of [...behind].reverse()) {
    const settled = settle(node, after, semantics);
    if (!settled) return false;
    after = settled.known;
  }
  return evaluate(runFails(semantics), after) === true;
}

/** That the run fails: a task that decides it ended bad. */
export function runFails({ leaves }: Semantics): Condition {
  return { quantifier: 'any', tasks: leaves, in: BAD };
}
