import type { Problem } from './problem.ts';

/**
 * A set of tasks with the edges inside it, in its own numbers: the task at a position is `tasks[position]`, and positions, as indices, are
 * topological.
 */
export interface Part {
  readonly tasks: readonly number[];
  /** The predecessors of position i are `preds[starts[i]]` up to `preds[starts[i + 1]]`. */
  readonly starts: readonly number[];
  readonly preds: readonly number[];
}

export function wholePart({ preds }: Problem): Part {
  const starts = [0];
  preds.forEach((before, i) => {
    starts.push((starts[i] as number) + before.length);
  });
  return { tasks: [...preds.keys()], starts, preds: preds.flat() };
}

/** A part for each of the groups, numbered from 0, that every position belongs to. */
export function divide({ tasks, starts, preds }: Part, groupOf: ArrayLike<number>, groups: number): Part[] {
  const place: number[] = [];
  const parts: { tasks: number[]; starts: number[]; preds: number[] }[] = [];
  for (let group = 0; group < groups; group++) parts.push({ tasks: [], starts: [0], preds: [] });
  for (let i = 0; i < tasks.length; i++) {
    const group = groupOf[i] as number;
    const part = parts[group] as (typeof parts)[number];
    place.push(part.tasks.length);
    part.tasks.push(tasks[i] as number);
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
      const before = preds[e] as number;
      if (groupOf[before] === group) part.preds.push(place[before] as number);
    }
    part.starts.push(part.preds.length);
  }
  return parts;
}

/** The weakly connected components, by least index. */
export function components(part: Part): Part[] {
  const { tasks, starts, preds } = part;
  if (preds.length === 0 && tasks.length > 1) return singles(part);
  const root = new Int32Array(tasks.length);
  for (let i = 0; i < tasks.length; i++) {
    root[i] = i;
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
      const a = find(root, i);
      const b = find(root, preds[e] as number);
      if (a < b) root[b] = a;
      else root[a] = b;
    }
  }
  // A root is the least position of its component, so that it is met first.
  let count = 0;
  const groupOf = new Int32Array(tasks.length);
  for (let i = 0; i < tasks.length; i++) {
    const at = find(root, i);
    groupOf[i] = at === i ? count++ : (groupOf[at] as number);
  }
  return count === 1 ? [part] : divide(part, groupOf, count);
}

function find(root: Int32Array, from: number): number {
  let at = from;
  while (root[at] !== at) {
    root[at] = root[root[at] as number] as number;
    at = root[at] as number;
  }
  return at;
}

function singles({ tasks }: Part): Part[] {
  return tasks.map((task) => ({ tasks: [task], starts: [0, 0], preds: [] }));
}

/**
 * Every true series cut at once. The cut after unit depth d is one if and only if each maximal task up to d has an edge to each task of
 * depth d + 1: then everything before it comes before everything behind it. No transitive reduction is needed.
 */
export function series(part: Part): Part[] {
  const { tasks, starts, preds } = part;
  const depths = unitDepths(part);
  let deepest = 0;
  for (let i = 0; i < depths.length; i++) deepest = Math.max(deepest, depths[i] as number);
  const nearest = new Int32Array(tasks.length).fill(deepest + 1);
  for (let i = 0; i < tasks.length; i++) {
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
      const u = preds[e] as number;
      if ((depths[i] as number) < (nearest[u] as number)) nearest[u] = depths[i] as number;
    }
  }
  const layer = new Int32Array(deepest + 2);
  const maximal = new Int32Array(deepest + 2);
  const edges = new Int32Array(deepest + 2);
  for (let i = 0; i < tasks.length; i++) {
    const depth = depths[i] as number;
    layer[depth]!++;
    // It is maximal in the prefixes from its own depth up to the one before its nearest successor.
    maximal[depth]!++;
    maximal[nearest[i] as number]!--;
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++)
      if (nearest[preds[e] as number] === depth) edges[depth]!++;
  }
  let count = 0;
  const groupOfDepth = new Int32Array(deepest + 1);
  for (let d = 1, alive = 0; d <= deepest; d++) {
    alive += maximal[d - 1] as number;
    if (edges[d] === alive * (layer[d] as number)) count++;
    groupOfDepth[d] = count;
  }
  if (count === 0) return [part];
  for (let i = 0; i < depths.length; i++) depths[i] = groupOfDepth[depths[i] as number] as number;
  return divide(part, depths, count + 1);
}

/** The length in tasks of the longest way to each position. */
export function unitDepths({ tasks, starts, preds }: Part): Int32Array {
  const depths = new Int32Array(tasks.length);
  for (let i = 0; i < tasks.length; i++) {
    let depth = 0;
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++)
      depth = Math.max(depth, (depths[preds[e] as number] as number) + 1);
    depths[i] = depth;
  }
  return depths;
}
