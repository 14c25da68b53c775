import type { Charge } from '../../authoring/internal.ts';
import type { ManifestCost } from '../../manifest/manifest.ts';
import type { Graph } from '../3-graph/graph.ts';

/** Of a Standard workflow in us-east-1, on 2026-11-24: "$0.025 per 1,000 state transitions". */
const PER_TRANSITION = 0.025 / 1000;

/** What a run is charged for, tasks of one price together. */
export function chargesOf({ tasks }: Graph, transitions: number): ManifestCost {
  const items = new Map<string, { tasks: string[]; charge: Charge; known: number | undefined }>();
  for (const [id, { model }] of tasks) {
    const { charge } = model.template;
    if (charge === undefined) continue;
    const item = items.get(charge.what) ?? { tasks: [], charge, known: 0 };
    item.tasks.push(id);
    const own = knownOf(charge, model.estimateMs);
    item.known = item.known === undefined || own === undefined ? undefined : item.known + own;
    items.set(charge.what, item);
  }
  return {
    transitions,
    perTransition: PER_TRANSITION,
    charges: [...items.values()].map(({ tasks: ids, charge: { what, perHour, least, source }, known }) => ({
      tasks: ids,
      what,
      ...(perHour !== undefined && { perHour }),
      ...(least !== undefined && { least }),
      ...(known !== undefined && { known }),
      source,
    })),
  };
}

function knownOf({ perHour, least }: Charge, estimate: readonly [number, number] | undefined): number | undefined {
  if (perHour === undefined) return least;
  if (estimate === undefined) return undefined;
  return Math.max(least ?? 0, (perHour * (estimate[0] + estimate[1])) / 2 / 3_600_000);
}
