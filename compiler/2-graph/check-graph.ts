import type { DagModel } from '../../authoring/internal.ts';
import { type Diagnostic, Stop } from '../../diagnostics/index.ts';
import { draftOf } from './draft.ts';
import type { Draft, Graph, GraphTask } from './graph.ts';
import { byId } from './order.ts';
import { RULES } from './rules/index.ts';

export interface Examined {
  readonly draft: Draft;
  /** Every error and every warning of the graph phase. */
  readonly found: readonly Diagnostic[];
}

/** A model's dependencies, and everything that is wrong with it so far. */
export function examine(model: DagModel): Examined {
  const { draft, faults } = draftOf(model);
  const found = [...model.faults, ...faults];
  const isComplete = !found.some(isError);
  // What is at fault in a task may have held its dependencies.
  const ofGraph = RULES.flatMap((rule) => rule(draft)).filter(({ code }) => isComplete || code !== 'DAG029');
  return { draft, found: [...found, ...ofGraph] };
}

/**
 * From a model to a sound graph. All faults are told at once.
 * @throws Stop with every error of the DAG; warnings are answered beside the graph.
 */
export function checkGraph(model: DagModel): { graph: Graph; warnings: readonly Diagnostic[] } {
  const { draft, found } = examine(model);
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
      model: task.model,
      upstreams: [...task.upstreams].sort(byId),
      downstreams: downstreams.get(id)!.sort(byId),
      reads: task.reads,
      bare: task.bare,
    },
  ]);
  return { model, tasks: new Map(checked) };
}
