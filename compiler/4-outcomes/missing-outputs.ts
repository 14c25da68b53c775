import { describeTarget } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Graph } from '../2-graph/graph.ts';
import { SUCCESS } from './end-state.ts';
import { knows } from './knowledge.ts';
import type { Outcomes, Scope } from './outcomes.ts';

/** Outputs that a task reads and that may not be there where it runs, because what makes them need not have succeeded. */
export function missingOutputs({ tasks }: Graph, { body }: Outcomes): Diagnostic[] {
  return inScope(body);

  function inScope({ items }: Scope): Diagnostic[] {
    return items.flatMap((item) => {
      if (item.kind === 'parallel') return item.branches.flatMap(inScope);
      if (item.kind === 'decision') return [];
      const { model, bare } = tasks.get(item.id)!;
      return bare.flatMap((target) => {
        const source = target.path[1] as string;
        if (target.kind !== 'output' || !(knows(item.next.known, source) & ~SUCCESS)) return [];
        const args = { task: item.id, reference: describeTarget(target), source };
        return [diagnose('DAG034', args, { task: item.id, place: model.place })];
      });
    });
  }
}
