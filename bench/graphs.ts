import type { Random } from './corpus.ts';

/** A DAG as plain data: for each task the earlier ones that it waits for. */
export type Upstreams = readonly (readonly number[])[];

/** DAGs of about so many tasks, by family. Pure: the same numbers give the same DAG. */
export const FAMILIES = { layered, erdosRenyi, airflow, dbt, stencil, fence } satisfies Record<
  string,
  (random: Random, tasks: number) => Upstreams
>;
export type Family = keyof typeof FAMILIES;

/** Layers of various widths; a task waits for some of the layer above, and now and then for one further up. */
export function layered(random: Random, tasks: number): Upstreams {
  const width = random.int(2, Math.max(2, Math.round(Math.sqrt(tasks) * 1.5)));
  const density = 0.15 + 0.5 * random.next();
  const skips = random.pick([0, 0.1, 0.3]);
  const upstreams: number[][] = [];
  let above: number[] = [];
  while (upstreams.length < tasks) {
    const layer: number[] = [];
    for (let left = Math.min(random.int(1, width), tasks - upstreams.length); left > 0; left--) {
      const near = above.filter(() => random.chance(density));
      const first = above[0] ?? 0;
      const far = first > 0 && random.chance(skips) ? [random.int(0, first - 1)] : [];
      if (near.length === 0 && above.length > 0) near.push(random.pick(above));
      layer.push(upstreams.push([...far, ...near]) - 1);
    }
    above = layer;
  }
  return upstreams;
}

/** Every pair of tasks is an edge with the same chance: 1 to 4 edges a task. */
export function erdosRenyi(random: Random, tasks: number): Upstreams {
  const chance = Math.min(1, (2 * (1 + 3 * random.next())) / tasks);
  return indices(tasks).map((i) => sparse(random, i, chance));
}

/**
 * Pipelines of extract, transform and load that begin and end together, with joins between some of them, a check here and there that
 * nothing but the end waits for, and a few reports over several loads.
 */
export function airflow(random: Random, tasks: number): Upstreams {
  const upstreams: number[][] = [[]];
  const add = (...before: number[]) => upstreams.push([...new Set(before)].sort((a, b) => a - b)) - 1;
  const loads: number[] = [];
  const ends: number[] = [];
  while (upstreams.length < tasks - 1) {
    let last = add(0, ...(loads.length > 0 && random.chance(0.15) ? [random.pick(loads)] : []));
    if (random.chance(0.3)) {
      const parts = indices(random.int(2, 4)).map(() => add(last));
      last = add(...parts);
    }
    for (let steps = random.int(0, 3); steps > 0; steps--) {
      const others = loads.length > 0 && random.chance(0.35) ? random.some(loads, random.int(1, 2)) : [];
      last = add(last, ...others);
      if (random.chance(0.2)) ends.push(add(last));
    }
    loads.push(last);
    if (loads.length > 2 && random.chance(0.25)) ends.push(add(...random.some(loads, random.int(2, 4))));
  }
  if (random.chance(0.7)) add(...loads, ...ends);
  return upstreams;
}

/** Sources, a staging model for each, models that join a few of those before them, marts, and tests on some of everything. */
export function dbt(random: Random, tasks: number): Upstreams {
  const upstreams: number[][] = [];
  const add = (before: readonly number[]) => upstreams.push([...before]) - 1;
  const share = (part: number) => Math.max(1, Math.round(tasks * part));
  const sources = indices(share(0.2)).map(() => add([]));
  const staging = sources.map((source) => add([source]));
  const intermediate: number[] = [];
  for (let left = share(0.2); left > 0; left--)
    intermediate.push(add(random.some([...staging, ...intermediate.slice(-6)], random.int(1, 3))));
  const marts = indices(share(0.2)).map(() => add(random.some([...intermediate, ...staging], random.int(1, 5))));
  const models = [...staging, ...intermediate, ...marts];
  while (upstreams.length < tasks) add([random.pick(models)]);
  return upstreams;
}

/** A grid in time: each cell waits for its neighbours a step before. */
export function stencil(random: Random, tasks: number): Upstreams {
  const width = random.int(2, Math.max(2, Math.round(Math.sqrt(tasks))));
  const reach = random.pick([
    [-1, 0, 1],
    [0, 1],
    [-1, 1],
    [-2, 0, 2],
  ]);
  return indices(tasks).map((i) => {
    const row = Math.floor(i / width);
    const columns = reach.map((by) => (i % width) + by).filter((column) => column >= 0 && column < width);
    return row === 0 ? [] : columns.map((column) => (row - 1) * width + column);
  });
}

/** Two rows, each task of the second behind the one above it and the next: a zigzag without any series cut. */
export function fence(_: Random, tasks: number): Upstreams {
  const width = Math.ceil(tasks / 2);
  return indices(tasks).map((i) => (i < width ? [] : [i - width, i - width + 1].filter((above) => above < width)));
}

/** Made by composing in series and in parallel: no barrier is needed. */
export function seriesParallel(random: Random, tasks: number): Upstreams {
  const upstreams: number[][] = [];
  place(tasks, [], random.chance(0.5));
  return upstreams;

  function place(size: number, before: readonly number[], parallel: boolean): number[] {
    if (size === 1) return [upstreams.push([...before]) - 1];
    const sizes = [random.int(1, size - 1)];
    sizes.push(size - (sizes[0] as number));
    if (parallel) return sizes.flatMap((part) => place(part, before, random.chance(0.3)));
    return sizes.reduce<readonly number[]>((last, part) => place(part, last, random.chance(0.7)), before) as number[];
  }
}

/** Which of the numbers below `i` come out, each with a small chance, in time proportional to how many do. */
function sparse(random: Random, i: number, chance: number): number[] {
  if (chance >= 1) return indices(i);
  const chosen: number[] = [];
  const step = () => 1 + Math.floor(Math.log(1 - random.next()) / Math.log(1 - chance));
  for (let at = step() - 1; at < i; at += step()) chosen.push(at);
  return chosen;
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
