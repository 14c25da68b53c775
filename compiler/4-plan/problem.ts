import { byId } from '../2-lower/lower.ts';
import type { Graph } from '../3-graph/graph.ts';

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

/** Durations to plan with. */
export interface Scenario {
  /** Whole milliseconds, by task. */
  readonly durations: Float64Array;
  /** How much it counts; the weights of all scenarios add up to 1. */
  readonly weight: number;
  /** Whether the user gave it: with these a plan is never worse than plain levels, and delays are reported for them. */
  readonly guarded: boolean;
}

const UNIT_MS = 60_000;
/** Where nothing is known, a task may take a quarter or four times of the unit. */
const UNKNOWN_SPREAD = 4;
/** Where one value is known, the task may take a half or twice of that. */
const ESTIMATE_SPREAD = 2;
/** How much all scenarios around single estimates count together: they tell apart what is equal, or next to it, by the estimates. */
const DOUBT = 0.001;
/** Scenarios are bounded by size, as look-ahead is. */
const MOST = 8;
const LEAST = 2;
const SCENARIO_TASKS = 16_000;

/**
 * Trusting one guess of durations can lose to plain levels, a few scenarios do not. Where estimates are ranges, scenarios lie within them;
 * without any, around equal durations, which are the first. Single estimates decide; scenarios around them tell apart what is equal by
 * them, so that a plan bears estimates that are off. A task without an estimate takes the median of the known.
 */
function scenariosOf(
  ids: readonly string[],
  estimate: (id: string) => readonly [number, number] | undefined,
): Scenario[] {
  const known = ids.map(estimate);
  const count = Math.max(LEAST, Math.min(MOST, Math.floor(SCENARIO_TASKS / ids.length)));
  const middles = known.flatMap((range) => (range ? [(range[0] + range[1]) / 2] : [])).sort((a, b) => a - b);
  const median = Math.round(middles[middles.length >> 1] ?? UNIT_MS);
  const ranges = known.map((range) => range ?? ([median, median] as const));
  if (ranges.some(([least, most]) => least !== most))
    return drawn(ids, count, ranges).map((durations) => ({ durations, weight: 1 / count, guarded: true }));
  const unknown = middles.length === 0;
  const spread = unknown ? UNKNOWN_SPREAD : ESTIMATE_SPREAD;
  const around = drawn(
    ids,
    count - 1,
    ranges.map(([value]) => [value / spread, value * spread]),
  );
  return [Float64Array.from(ranges, ([value]) => value), ...around].map((durations, s) => ({
    durations,
    weight: unknown ? 1 / count : s === 0 ? 1 - DOUBT : DOUBT / (count - 1),
    guarded: unknown || s === 0,
  }));
}

/**
 * Durations within ranges, evenly on a scale of factors. Each range is cut into as many stretches as there are scenarios, and each
 * scenario takes another one of them (a Latin hypercube): a few scenarios then cover every range.
 */
function drawn(ids: readonly string[], count: number, ranges: readonly (readonly [number, number])[]): Float64Array[] {
  const scenarios = Array.from({ length: count }, () => new Float64Array(ids.length));
  ids.forEach((id, i) => {
    const [least, most] = ranges[i] as readonly [number, number];
    const factor = most / Math.max(least, 1);
    const stretches = scenarios.map((_, s) => s);
    for (let s = count - 1; s >= 0; s--) {
      const other = Math.floor(chance(id, s) * (s + 1));
      [stretches[s], stretches[other]] = [stretches[other] as number, stretches[s] as number];
      const at = ((stretches[s] as number) + chance(id, count + s)) / count;
      scenarios[s]![i] = least === most ? least : Math.round(Math.max(least, 1) * factor ** at);
    }
  });
  return scenarios;
}

/** In [0, 1), from the id and a number alone: FNV-1a, its bits mixed. */
function chance(id: string, number: number): number {
  let hash = 0x811c9dc5 ^ number;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
