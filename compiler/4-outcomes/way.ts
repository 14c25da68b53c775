import type { Knowledge } from './knowledge.ts';
import type { Target, Way } from './outcomes.ts';
import type { Settled } from './settle.ts';

export function newWay(known: Knowledge, ...ended: Way['ended']): Way {
  return { target: undefined, known, ended };
}

/** The same way, further along: what lies behind it so far did not run. */
export function pass(way: Way, { known, ended }: Settled): Way {
  (way as { known: Knowledge }).known = known;
  way.ended.push(...ended);
  return way;
}

export function aim(ways: readonly Way[], target: Target): void {
  for (const way of ways) way.target = target;
}
