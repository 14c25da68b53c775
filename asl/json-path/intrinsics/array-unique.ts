import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../json/value.ts';
import { arrayArgument, type Intrinsic } from './intrinsic.ts';

/** `States.ArrayUnique(array)`: without what stands in it before. */
export const arrayUnique: Intrinsic = (args) => {
  const unique: Json[] = [];
  for (const item of arrayArgument(args, 0)) {
    if (!unique.some((other) => isDeepStrictEqual(other, item))) unique.push(item);
  }
  return unique;
};
