/** Numbers from a seed: the same on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(p: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** So many of them, each once, in their order. */
  some<T>(from: readonly T[], count: number): T[];
}

/** Mulberry32. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const some = <T>(from: readonly T[], count: number): T[] => {
    const places = from.map((_, i) => i);
    for (let i = 0; i < Math.min(count, places.length); i++) {
      const j = int(i, places.length - 1);
      [places[i], places[j]] = [places[j] as number, places[i] as number];
    }
    return places
      .slice(0, count)
      .sort((a, b) => a - b)
      .map((i) => from[i] as T);
  };
  return { next, int, chance: (p) => next() < p, pick: (from) => from[int(0, from.length - 1)]!, some };
}
