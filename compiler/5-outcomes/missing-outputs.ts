import { SUCCESS } from '../../airflow/end-state.ts';
import { describeTarget } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Graph } from '../3-graph/graph.ts';
import { Certainty, knownWhere } from './certainty.ts';
import { knows } from './facts.ts';
import type { Outcomes, Scope } from './outcomes.ts';

/**
 * Outputs that a task takes to be there and that may not be where it runs, because what makes them need not have succeeded: it failed, was
 * skipped, was not chosen, or the rule lets the task run before it is known.
 */
export function missingOutputs(graph: Graph, outcomes: Outcomes): Diagnostic[] {
  const { tasks } = graph;
  const certainty = new Certainty(graph, outcomes);
  return inScope(outcomes.body).sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0));

  function inScope({ items }: Scope): Diagnostic[] {
    return items.flatMap((item) => {
      if (item.kind === 'parallel') return item.branches.flatMap(inScope);
      const { model, bare } = tasks.get(item.id)!;
      return bare.flatMap((target) => {
        const source = target.path[1] as string;
        if (target.kind !== 'output' || certainty.isSure(item.id, source)) return [];
        const args = {
          task: item.id,
          reference: describeTarget(target),
          source,
          never: !(knows(knownWhere(item), source) & SUCCESS),
          kind: model.kind,
        };
        return [diagnose('DAG034', args, { task: item.id, place: model.place })];
      });
    });
  }
}
