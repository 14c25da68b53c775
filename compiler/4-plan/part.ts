import type { Problem } from './problem.ts';

/**
 * A set of tasks with the edges inside it, in its own numbers: the task at a position is `tasks[position]`, and positions, as indices, are
 * topological.
 */
export interface Part {
  readonly tasks: Int32Array;
  /** The predecessors of position i are `preds[starts[i]]` up to `preds[starts[i + 1]]`. */
  readonly starts: Int32Array;
  readonly preds: Int32Array;
}

export function wholePart({ preds }: Problem): Part {
  const starts = new Int32Array(preds.length + 1);
  preds.forEach((before, i) => {
    starts[i + 1] = (starts[i] as number) + before.length;
  });
  return { tasks: Int32Array.from(preds.keys()), starts, preds: Int32Array.from(preds.flat()) };
}

/** A part for each of the groups, numbered from 0, that every position belongs to. */
export function divide({ tasks, starts, preds }: Part, groupOf: Int32Array, groups: number): Part[] {
  const place = new Int32Array(tasks.length);
  const sizes = new Int32Array(groups);
  const edges = new Int32Array(groups);
  for (let i = 0; i < tasks.length; i++) {
    const group = groupOf[i] as number;
    place[i] = sizes[group]!++;
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++)
      if (groupOf[preds[e] as number] === group) edges[group]!++;
  }
  const parts = Array.from(sizes, (size, group) => ({
    tasks: new Int32Array(size),
    starts: new Int32Array(size + 1),
    preds: new Int32Array(edges[group] as number),
  }));
  for (let i = 0; i < tasks.length; i++) {
    const group = groupOf[i] as number;
    const at = place[i] as number;
    const part = parts[group] as (typeof parts)[number];
    part.tasks[at] = tasks[i] as number;
    let end = part.starts[at] as number;
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++)
      if (groupOf[preds[e] as number] === group) part.preds[end++] = place[preds[e] as number] as number;
    part.starts[at + 1] = end;
  }
  return parts;
}
