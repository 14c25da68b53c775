import { FAILED, SKIPPED, SUCCESS } from '../../airflow/end-state.ts';
import type { Decision } from '../../authoring/internal.ts';
import { type Behind, endsTheRun, type Ground } from './continuation.ts';
import { enter, newWay } from './edges.ts';
import { endsAs, type Knowledge, knows, learn } from './facts.ts';
import type { DecisionItem, Item, TaskItem, Way } from './outcomes.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';

/** Where a piece of the plan is laid: in which scope, and what comes behind it there. */
export interface Site {
  readonly path: readonly number[];
  readonly items: Item[];
  /** What comes behind it in the machine's own scope; undefined in a branch of a Parallel, where every failure is caught. */
  readonly behind: Behind | undefined;
  /** That it is all of a child of the series that `behind` belongs to. */
  readonly alone?: boolean;
  /** In a branch of a Parallel that a failure is to end: it is caught there, if at all. */
  readonly stops?: true;
}

/** Lays a task, or a branch, and answers the ways behind it. */
export function layLeaf(
  id: string,
  decision: Decision | undefined,
  ways: readonly Way[],
  site: Site,
  ground: Ground,
): Way[] {
  const { semantics } = ground;
  const entry = enter(id, ways, semantics);
  if (entry.known === undefined) return [...entry.passing];
  const { known, guard } = entry;
  const after = afterFailure(id, known, semantics);
  const endsAlone = () =>
    !semantics.isTeardown(id) &&
    site.behind !== undefined &&
    endsTheRun(known, after, site.behind, ground, site.alone === true);
  const canFail = (semantics.ends(id) & FAILED) !== 0 && !site.stops && !endsAlone();
  const failed = canFail ? newWay(after, { task: id, state: 'failed' }) : undefined;
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
    reach.filter((task) => !chosen.some((one) => semantics.goesOn(id, task, one)));
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
      return {
        kind: 'decision',
        id,
        ...around,
        ways: [{ when: decision.chosen, chosen: semantics.choosable(id), way }],
      };
    }
  }
}

/** What is known when a task failed. */
function afterFailure(id: string, known: Knowledge, semantics: Semantics): Knowledge {
  const after = endsAs(known, id, 'failed');
  return semantics.failFast && !semantics.isTeardown(id) ? endsAs(after, FIRST_FAILURE, 'upstream_failed') : after;
}
