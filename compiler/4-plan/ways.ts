import type { Part } from './part.ts';
import type { Problem } from './problem.ts';

/** Within a part, by scenario and position: the longest way up to and with each task, and from and with it, in milliseconds. */
export interface Ways {
  readonly heads: Float64Array;
  readonly tails: Float64Array;
}

export function ways({ tasks, starts, preds }: Part, { scenarios }: Problem): Ways {
  const size = tasks.length;
  const heads = new Float64Array(size * scenarios.length);
  const tails = new Float64Array(size * scenarios.length);
  scenarios.forEach(({ durations }, s) => {
    const at = s * size;
    for (let i = 0; i < size; i++) {
      let before = 0;
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++)
        before = Math.max(before, heads[at + (preds[e] as number)] as number);
      heads[at + i] = before + (durations[tasks[i] as number] as number);
    }
    // What comes behind a task has told it how long that takes before its turn comes.
    for (let i = size - 1; i >= 0; i--) {
      const far = (tails[at + i] as number) + (durations[tasks[i] as number] as number);
      tails[at + i] = far;
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
        const before = at + (preds[e] as number);
        if ((tails[before] as number) < far) tails[before] = far;
      }
    }
  });
  return { heads, tails };
}
