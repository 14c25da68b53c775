import type { Amount, Charge } from '../../authoring/internal.ts';
import type { ManifestCost } from '../../manifest/manifest.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { Tree } from '../4-plan/tree.ts';
import type { Semantics } from '../5-outcomes/semantics.ts';
import { type Times, timesOf } from './times.ts';

/** Of a Standard workflow in us-east-1, on 2026-11-24: "$0.025 per 1,000 state transitions". */
const PER_TRANSITION = 0.025 / 1000;
const HOUR = 3_600_000;

/** What a run is charged for in which nothing fails, tasks of one price together. */
export function chargesOf(graph: Graph, tree: Tree, semantics: Semantics, transitions: number): ManifestCost {
  const times = timesOf(graph, tree, semantics);
  const items = new Map<string, { tasks: string[]; charge: Charge; hours: Amount; takes: Amount }>();
  for (const [id, { model }] of graph.tasks) {
    const { charge } = model.template;
    if (charge === undefined) continue;
    const key = JSON.stringify(charge);
    const { tasks, ...before } = items.get(key) ?? { tasks: [], hours: NOTHING, takes: NOTHING };
    const { hours, takes } = costOf(id, charge, times);
    items.set(key, {
      tasks: [...tasks, id],
      charge,
      hours: plus(before.hours, hours),
      takes: plus(before.takes, takes),
    });
  }
  return {
    transitions,
    perTransition: PER_TRANSITION,
    charges: [...items.values()].map(({ tasks, charge: { what, source, ...rest }, hours, takes }) => ({
      tasks,
      what,
      ...rest,
      ...(rest.perHour !== undefined && { hours }),
      takes,
      source,
    })),
  };
}

const NOTHING: Amount = { least: 0, most: 0 };

function plus(a: Amount, b: Amount): Amount {
  return {
    least: a.least + b.least,
    ...(a.most !== undefined && b.most !== undefined && { most: a.most + b.most }),
  };
}

/** What one task takes: nothing where it is skipped, above where all is known that decides it. */
function costOf(id: string, { perHour, least = 0, open }: Charge, times: Times): { hours: Amount; takes: Amount } {
  const { least: shortest, most: longest } = times.of(id);
  const hours = { least: shortest / HOUR, ...(longest !== undefined && { most: longest / HOUR }) };
  const from = times.surelyRuns(id) ? Math.max(least, (perHour?.least ?? 0) * hours.least) : 0;
  const to = perHour === undefined ? least : (perHour.most ?? Number.NaN) * (hours.most ?? Number.NaN);
  const isBounded = open === undefined && !Number.isNaN(to);
  return { hours, takes: { least: from, ...(isBounded && { most: Math.max(least, to) }) } };
}
