import type { Json } from '../../json/value.ts';
import { seeded } from '../../jsonata/index.ts';
import { type Intrinsic, integerArgument } from './intrinsic.ts';

/** `States.MathRandom(first, end, seed?)`: an integer from `first` up to, not including, `end`; with a seed always the same one. */
export const mathRandom: Intrinsic = (args: readonly Json[], { random }) => {
  const first = integerArgument(args, 0);
  const end = integerArgument(args, 1);
  if (end <= first) throw new Error('argument 2 must be greater than argument 1');
  const draw = args.length > 2 ? seeded(integerArgument(args, 2)) : random;
  return first + Math.floor(draw() * (end - first));
};
