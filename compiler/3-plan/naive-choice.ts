import { unitDepths } from './divisions.ts';
import { divide, type Part } from './part.ts';
import type { Choice } from './plan-with.ts';

/** The naive split: what waits for nothing, then the rest. */
export const naiveChoice: Choice = (part) => {
  const depths = unitDepths(part);
  for (let i = 0; i < depths.length; i++) depths[i] = Math.min(depths[i] as number, 1);
  return divide(part, depths, 2) as [Part, Part];
};
