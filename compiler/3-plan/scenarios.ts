/** Durations to plan with: a vector of whole milliseconds for each scenario. */
export type Scenarios = readonly (readonly number[])[];

const UNIT_MS = 60_000;
const WITHOUT_ESTIMATES = 8;
const WITHIN_RANGES = 4;
/** Where nothing is known, a task may take a quarter or four times of the unit. */
const UNKNOWN_SPREAD = 4;

/**
 * Estimates of one value give one scenario, ranges four within them; without any there are eight, the one of equal durations among them:
 * trusting one bad guess can lose to plain levels, a few scenarios do not. A task without an estimate takes the median of the known.
 */
export function scenariosOf(
  ids: readonly string[],
  estimate: (id: string) => readonly [number, number] | undefined,
): Scenarios {
  const known = ids.map(estimate);
  const middles = known.flatMap((range) => (range ? [(range[0] + range[1]) / 2] : [])).sort((a, b) => a - b);
  if (middles.length === 0) {
    return Array.from({ length: WITHOUT_ESTIMATES }, (_, s) =>
      ids.map((id) => (s === 0 ? UNIT_MS : Math.round(UNIT_MS * UNKNOWN_SPREAD ** (2 * chance(id, s) - 1)))),
    );
  }
  const median = Math.round(middles[middles.length >> 1] as number);
  const exact = known.every((range) => range === undefined || range[0] === range[1]);
  return Array.from({ length: exact ? 1 : WITHIN_RANGES }, (_, s) =>
    ids.map((id, i) => {
      const [least, most] = known[i] ?? [median, median];
      return least === most ? least : Math.round(least * (most / Math.max(least, 1)) ** chance(id, s));
    }),
  );
}

/** In [0, 1), from the id and the scenario alone: FNV-1a, its bits mixed. */
function chance(id: string, scenario: number): number {
  let hash = 0x811c9dc5 ^ scenario;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
