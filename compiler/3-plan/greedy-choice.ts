import { cutsOf, GREEDY_KEYS, rateOf, sidesOf } from './cuts.ts';
import type { Choice } from './plan-with.ts';
import type { Problem } from './problem.ts';

/** The cut that loses least for each task that it separates; of equal ones that of the first key, the least prefix. */
export function greedyChoice(problem: Problem): Choice {
  return (part) => {
    const cuts = cutsOf(part, problem, GREEDY_KEYS);
    let best = { key: 0, k: 1, rate: Number.POSITIVE_INFINITY };
    for (let key = 0; key < GREEDY_KEYS; key++) {
      for (let k = 1; k < part.tasks.length; k++) {
        const rate = rateOf(cuts, key, k);
        if (rate < best.rate) best = { key, k, rate };
      }
    }
    return sidesOf(part, cuts, best.key, best.k);
  };
}
