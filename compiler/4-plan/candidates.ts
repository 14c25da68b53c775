import { type Cuts, rateOf } from './cuts.ts';

const BUCKETS = 8;
const PER_BUCKET = 2;

/** A cut that is worth a look. */
export interface Candidate {
  readonly key: number;
  readonly k: number;
  readonly cost: number;
  readonly rate: number;
}

/**
 * For each key the cheapest prefixes of each stretch of positions, by rate and by cost in turn. `leastLeft` is the least cost from a
 * candidate onwards: what is no better than that needs no further look.
 */
export function candidates(cuts: Cuts): (Candidate & { readonly leastLeft: number })[] {
  const found = cuts.costs.flatMap((costs, key) =>
    cheapest(costs).map((k): Candidate => ({ key, k, cost: costs[k] as number, rate: rateOf(cuts, key, k) })),
  );
  const byRate = [...found].sort((a, b) => a.rate - b.rate || a.cost - b.cost || a.key - b.key || a.k - b.k);
  const byCost = [...found].sort((a, b) => a.cost - b.cost || a.rate - b.rate || a.key - b.key || a.k - b.k);
  const queue = [...new Set(byRate.flatMap((candidate, i) => [candidate, byCost[i] as Candidate]))];
  let leastLeft = Number.POSITIVE_INFINITY;
  return queue
    .reverse()
    .map((candidate) => {
      leastLeft = Math.min(leastLeft, candidate.cost);
      return { ...candidate, leastLeft };
    })
    .reverse();
}

/** Of each bucket of prefixes the cheapest ones; of equal ones the shortest. */
function cheapest(costs: Float64Array): number[] {
  const prefixes = costs.length - 1;
  const found: number[] = [];
  for (let bucket = 0, k = 1; bucket < BUCKETS; bucket++) {
    const best: number[] = [];
    for (; k <= prefixes && Math.floor(((k - 1) * BUCKETS) / prefixes) === bucket; k++) {
      let place = best.length;
      while (place > 0 && (costs[best[place - 1] as number] as number) > (costs[k] as number)) place--;
      if (place === PER_BUCKET) continue;
      best.splice(place, 0, k);
      best.length = Math.min(best.length, PER_BUCKET);
    }
    found.push(...best);
  }
  return found;
}
