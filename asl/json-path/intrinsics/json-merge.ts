import { isObject } from '../../json/value.ts';
import type { Intrinsic } from './intrinsic.ts';

/** `States.JsonMerge(a, b, false)`: the members of both, those of `b` where both have one. Deep merging does not exist. */
export const jsonMerge: Intrinsic = (args) => {
  const [a, b, deep] = args;
  if (!isObject(a) || !isObject(b)) throw new Error('arguments 1 and 2 must be objects');
  if (deep !== false) throw new Error('argument 3 must be false: only shallow merging is supported');
  return { ...a, ...b };
};
