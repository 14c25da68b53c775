import { arrayArgument, type Intrinsic, integerArgument } from './intrinsic.ts';

/** `States.ArrayGetItem(array, index)`. */
export const arrayGetItem: Intrinsic = (args) => {
  const items = arrayArgument(args, 0);
  const index = integerArgument(args, 1);
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index} in an array of ${items.length}`);
  return item;
};
