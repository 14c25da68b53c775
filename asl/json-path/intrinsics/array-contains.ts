import { isDeepStrictEqual } from 'node:util';
import { arrayArgument, type Intrinsic } from './intrinsic.ts';

/** `States.ArrayContains(array, value)`. */
export const arrayContains: Intrinsic = (args) =>
  arrayArgument(args, 0).some((item) => isDeepStrictEqual(item, args[1]));
