import { DURATIONS } from './durations.ts';
import { FAMILIES, type Family, type Upstreams } from './graphs.ts';
import { type Random, random } from './random.ts';

/** A DAG of a corpus, and how long its tasks really take. */
export interface Sample {
  readonly family: Family;
  readonly upstreams: Upstreams;
  readonly ms: readonly number[];
  /** For whatever else is to be drawn for this DAG. */
  readonly random: Random;
}

/** So many DAGs of each family, size and kind of durations. */
export function corpus(seed: number, sizes: readonly number[], each: number): Sample[] {
  let at = 0;
  return (Object.keys(FAMILIES) as Family[]).flatMap((family) =>
    sizes.flatMap((size) =>
      Object.values(DURATIONS).flatMap((duration) =>
        Array.from({ length: each }, (): Sample => {
          const own = random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(++at, 0x85ebca6b));
          const upstreams = FAMILIES[family](own, size);
          return { family, upstreams, ms: upstreams.map(() => duration(own)), random: own };
        }),
      ),
    ),
  );
}
