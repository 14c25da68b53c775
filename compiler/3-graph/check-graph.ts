import type { Fragment } from '../../authoring/internal.ts';
import { type Diagnostic, Stop } from '../../diagnostics/index.ts';
import type { LoweredDag } from '../2-lower/lower.ts';
import { byId } from '../2-lower/order.ts';
import { draftOf } from './draft.ts';
import type { Draft, Graph, GraphTask } from './graph.ts';
import { RULES } from './rules/index.ts';

export interface Examined {
  readonly draft: Draft;
  /** Every error and every warning of the graph phase. */
  readonly found: readonly Diagnostic[];
}

/** A DAG's dependencies, and everything that is wrong with it so far. */
export function examine(lowered: LoweredDag): Examined {
  const draft = draftOf(lowered);
  const found = [...lowered.model.faults, ...lowered.faults];
  const isComplete = !found.some(isError);
  // What is at fault in a task may have held its dependencies.
  const ofGraph = RULES.flatMap((rule) => rule(draft)).filter(({ code }) => isComplete || code !== 'DAG029');
  return { draft, found: [...found, ...ofGraph] };
}

/**
 * From lowered tasks to a sound graph. All faults are reported at once.
 * @throws Stop with every error of the DAG; warnings are returned beside the graph.
 */
export function checkGraph(lowered: LoweredDag): { graph: Graph; warnings: readonly Diagnostic[] } {
  const { draft, found } = examine(lowered);
  if (found.some(isError)) throw new Stop(found);
  return { graph: graphOf(draft), warnings: found };
}

export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

/** The graph of a draft of which nothing is in doubt. */
export function graphOf({ model, tasks }: Draft): Graph {
  const downstreams = new Map<string, string[]>([...tasks.keys()].map((id) => [id, []]));
  for (const [id, { upstreams }] of tasks) for (const upstream of upstreams) downstreams.get(upstream)!.push(id);
  const checked = [...tasks].map(([id, task]): [string, GraphTask] => [
    id,
    {
      ...task,
      // Nothing is in doubt, so that each template made its states.
      fragment: task.fragment as Fragment,
      upstreams: [...task.upstreams].sort(byId),
      downstreams: downstreams.get(id)!.sort(byId),
    },
  ]);
  return { model, tasks: new Map(checked) };
}
