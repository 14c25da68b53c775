import { candidates } from './candidates.ts';
import { cutsOf, KEYS, sidesOf } from './cuts.ts';
import type { Choice } from './plan-with.ts';
import type { Problem } from './problem.ts';
import { rollOut } from './roll-out.ts';
import { nameOf } from './set-name.ts';

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
