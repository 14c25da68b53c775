import { type Intrinsic, integerArgument } from './intrinsic.ts';

const MOST_ITEMS = 1000;

/** `States.ArrayRange(first, last, step)`: `last` is included when it is hit. At most 1,000 items. */
export const arrayRange: Intrinsic = (args) => {
  const [first, last, step] = [integerArgument(args, 0), integerArgument(args, 1), integerArgument(args, 2)];
  if (step === 0) throw new Error('the step must not be 0');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > MOST_ITEMS) throw new Error(`the range has more than ${MOST_ITEMS} items`);
  return Array.from({ length: count }, (_, at) => first + at * step);
};
