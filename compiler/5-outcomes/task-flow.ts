import { FAILED, SKIPPED, SUCCESS } from '../../airflow/end-state.ts';
import type { Decision } from '../../authoring/internal.ts';
import { type Continuation, endsTheRun, type Ground } from './continuation.ts';
import { entryOf, newEdge } from './edges.ts';
import { endsAs, type Facts, knows, learn } from './facts.ts';
import type { DecisionItem, Edge, Item, TaskItem } from './outcomes.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';

/** Where a part of the plan is added: in which scope, and what follows it there. */
export interface Site {
  readonly path: readonly number[];
  readonly items: Item[];
  /** What comes behind it in the machine's own scope; undefined in a branch of a Parallel, where every failure is caught. */
  readonly behind: Continuation | undefined;
  /** That it is all of a child of the series that `behind` belongs to. */
  readonly alone?: boolean;
  /** In a branch of a Parallel that a failure is to end: it is caught there, if at all. */
  readonly stops?: true;
}

/** Adds a task, or a branch, and returns the edges that leave it. */
export function addLeaf(
  id: string,
  decision: Decision | undefined,
  edges: readonly Edge[],
  site: Site,
  ground: Ground,
): Edge[] {
  const { semantics } = ground;
  const entry = entryOf(id, edges, semantics);
  if (entry.known === undefined) return [...entry.passing];
  const { known, guard } = entry;
  const after = afterFailure(id, known, semantics);
  const endsAlone = () =>
    !semantics.isTeardown(id) &&
    site.behind !== undefined &&
    endsTheRun(known, after, site.behind, ground, site.alone === true);
  const canFail = (semantics.ends(id) & FAILED) !== 0 && !site.stops && !endsAlone();
  const failed = canFail ? newEdge(after, { task: id, state: 'failed' }) : undefined;
  const item = decision
    ? decisionItem(id, decision, known, semantics, { guard, failed })
    : taskItem(id, known, semantics, { guard, failed });
  site.items.push(item);
  entry.lead(item);
  const onward =
    item.kind === 'decision'
      ? item.cases.map(({ edge }) => edge)
      : [...(item.skipped ? [item.skipped] : []), item.next];
  return [...entry.passing, ...(failed ? [failed] : []), ...onward];
}

type Around = Pick<TaskItem, 'guard' | 'failed'>;

function taskItem(id: string, known: Facts, semantics: Semantics, around: Around): TaskItem {
  const canSkip = (semantics.ends(id) & SKIPPED) !== 0;
  const skipped = canSkip ? newEdge(endsAs(known, id, 'skipped'), { task: id, state: 'skipped' }) : undefined;
  return { kind: 'task', id, ...around, next: newEdge(known), skipped };
}

function decisionItem(
  id: string,
  decision: Decision,
  known: Facts,
  semantics: Semantics,
  around: Around,
): DecisionItem {
  const reach = semantics.decides(id);
  const cut = (tasks: readonly string[]): Edge => {
    const after = tasks.reduce((k, task) => endsAs(k, task, 'skipped'), known);
    return newEdge(after, ...tasks.map((task) => ({ task, state: 'skipped' as const })));
  };
  const without = (chosen: readonly string[]) =>
    reach.filter((task) => !chosen.some((one) => semantics.goesOn(id, task, one)));
  switch (decision.kind) {
    case 'test':
      return {
        kind: 'decision',
        id,
        ...around,
        cases: [
          { when: decision.goOn, chosen: reach, edge: newEdge(known) },
          { when: undefined, chosen: [], edge: cut(reach) },
        ],
      };
    case 'cases': {
      const cases = [...decision.cases, { when: undefined, chosen: decision.otherwise }];
      return {
        kind: 'decision',
        id,
        ...around,
        cases: cases.map(({ when, chosen }) => ({ when, chosen, edge: cut(without(chosen)) })),
      };
    }
    default: {
      // Which are skipped is known when the run gets there; what may be recorded is.
      const after = reach.reduce(
        (k, task) => learn(k, task, knows(k, task) === SKIPPED ? SKIPPED : SUCCESS | SKIPPED),
        known,
      );
      const edge = newEdge(after, ...reach.map((task) => ({ task, state: 'skipped' as const })));
      return {
        kind: 'decision',
        id,
        ...around,
        cases: [{ when: decision.chosen, chosen: semantics.choosable(id), edge }],
      };
    }
  }
}

/** What is known when a task failed. */
function afterFailure(id: string, known: Facts, semantics: Semantics): Facts {
  const after = endsAs(known, id, 'failed');
  return semantics.failFast && !semantics.isTeardown(id) ? endsAs(after, FIRST_FAILURE, 'upstream_failed') : after;
}
