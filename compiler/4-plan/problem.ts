import { byId } from '../2-lower/order.ts';
import type { Graph } from '../3-graph/graph.ts';
import { type Scenario, scenariosOf } from './scenarios.ts';

/** The graph in numbers: tasks indexed by (unit depth, id), so that indices are topological and follow from the DAG alone. */
export interface Problem {
  readonly ids: readonly string[];
  readonly preds: readonly (readonly number[])[];
  readonly succs: readonly (readonly number[])[];
  readonly scenarios: readonly PlannedScenario[];
}

export interface PlannedScenario extends Scenario {
  /** The longest way through the whole DAG, in milliseconds: no plan takes less. */
  readonly criticalPath: number;
}

export function problemOf(graph: Graph): Problem {
  const depth = depths(graph);
  const ids = [...graph.tasks.keys()].sort((a, b) => depth.get(a)! - depth.get(b)! || byId(a, b));
  const index = new Map(ids.map((id, i) => [id, i]));
  const numbers = (tasks: readonly string[]) => tasks.map((id) => index.get(id) as number).sort((a, b) => a - b);
  const preds = ids.map((id) => numbers(graph.tasks.get(id)!.upstreams));
  const scenarios = scenariosOf(ids, (id) => graph.tasks.get(id)!.model.estimateMs);
  return {
    ids,
    preds,
    succs: ids.map((id) => numbers(graph.tasks.get(id)!.downstreams)),
    scenarios: scenarios.map((scenario) => ({ ...scenario, criticalPath: criticalPath(preds, scenario.durations) })),
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

function criticalPath(preds: Problem['preds'], durations: Float64Array): number {
  const ends = new Float64Array(preds.length);
  let longest = 0;
  preds.forEach((before, v) => {
    const start = before.reduce((max, u) => Math.max(max, ends[u] as number), 0);
    ends[v] = start + (durations[v] as number);
    longest = Math.max(longest, ends[v] as number);
  });
  return longest;
}
