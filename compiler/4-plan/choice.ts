import { candidates } from './candidates.ts';
import { cutsOf, GREEDY_KEYS, KEYS, rateOf, sidesOf } from './cuts.ts';
import { unitDepths } from './divisions.ts';
import { divide, type Part } from './part.ts';
import type { Choice } from './plan-with.ts';
import type { Problem } from './problem.ts';
import { rollOut } from './roll-out.ts';
import { nameOf } from './set-name.ts';

/** The naive split: what waits for nothing, then the rest. */
export const naiveChoice: Choice = (part) => {
  const depths = unitDepths(part);
  for (let i = 0; i < depths.length; i++) depths[i] = Math.min(depths[i] as number, 1);
  return divide(part, depths, 2) as [Part, Part];
};

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

/** Look-ahead is bounded by size, never by time: the plan is the same on every machine. */
const MOST_LOOKS = 64;
const LOOKED_AT_TASKS = 8000;

/** Of the most promising cuts the one whose sides take least when they are planned as `inner` plans them. */
export function lookAheadChoice(problem: Problem, inner: Choice): Choice {
  const roll = rollOut(problem, inner);
  return (part) => {
    const looks = Math.min(MOST_LOOKS, Math.floor(LOOKED_AT_TASKS / part.tasks.length));
    let best = inner(part);
    if (looks <= 1) return best;
    let bestValue = roll(best[0]) + roll(best[1]);
    const cuts = cutsOf(part, problem, KEYS.length);
    const queue = candidates(cuts);
    const seen = new Set([nameOf(best[0].tasks)]);
    for (let at = 0, looked = 0; at < queue.length && looked < looks; at++) {
      const { key, k, cost, leastLeft } = queue[at] as (typeof queue)[number];
      if (bestValue <= leastLeft) break;
      if (cost >= bestValue) continue;
      const first = cuts.orders[key]!.subarray(0, k).map((position) => part.tasks[position] as number);
      const name = nameOf(first);
      if (seen.has(name)) continue;
      seen.add(name);
      looked++;
      const sides = sidesOf(part, cuts, key, k);
      const value = roll(sides[0]) + roll(sides[1]);
      if (value < bestValue) [best, bestValue] = [sides, value];
    }
    return best;
  };
}
