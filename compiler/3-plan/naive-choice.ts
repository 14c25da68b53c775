import type { Choice } from './nodes.ts';
import type { Subsets } from './subsets.ts';

/** The naive split: what waits for nothing, then the rest. */
export function naiveChoice(subsets: Subsets): Choice {
  return (part) => {
    const depths = subsets.unitDepths(part);
    return { first: part.filter((_, i) => depths[i] === 0), rest: part.filter((_, i) => depths[i] !== 0) };
  };
}
