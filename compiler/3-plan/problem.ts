import type { Graph } from '../2-graph/graph.ts';
import { byId } from '../2-graph/order.ts';
import { type Scenarios, scenariosOf } from './scenarios.ts';

/** The graph in numbers: tasks indexed by (unit depth, id), so that indices are topological and follow from the DAG alone. */
export interface Problem {
  readonly ids: readonly string[];
  readonly preds: readonly (readonly number[])[];
  readonly succs: readonly (readonly number[])[];
  /** Milliseconds, by scenario and task. */
  readonly durations: Scenarios;
}

export function problemOf(graph: Graph): Problem {
  const depth = depths(graph);
  const ids = [...graph.tasks.keys()].sort((a, b) => depth.get(a)! - depth.get(b)! || byId(a, b));
  const index = new Map(ids.map((id, i) => [id, i]));
  const numbers = (tasks: readonly string[]) => tasks.map((id) => index.get(id) as number).sort((a, b) => a - b);
  return {
    ids,
    preds: ids.map((id) => numbers(graph.tasks.get(id)!.upstreams)),
    succs: ids.map((id) => numbers(graph.tasks.get(id)!.downstreams)),
    durations: scenariosOf(ids, (id) => graph.tasks.get(id)!.model.estimateMs),
  };
}

/** The length of the longest way to each task, in tasks. */
function depths({ tasks }: Graph): Map<string, number> {
  const depth = new Map<string, number>();
  const waiting = new Map([...tasks].map(([id, { upstreams }]) => [id, upstreams.length]));
  let layer = [...waiting].filter(([, n]) => n === 0).map(([id]) => id);
  for (let d = 0; layer.length > 0; d++) {
    const next: string[] = [];
    for (const id of layer) {
      depth.set(id, d);
      for (const down of tasks.get(id)!.downstreams) {
        const left = (waiting.get(down) as number) - 1;
        waiting.set(down, left);
        if (left === 0) next.push(down);
      }
    }
    layer = next;
  }
  return depth;
}
