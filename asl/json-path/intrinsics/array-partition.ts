import type { Json } from '../../json/value.ts';
import { arrayArgument, type Intrinsic, integerArgument } from './intrinsic.ts';

/** `States.ArrayPartition(array, size)`: the array in chunks. */
export const arrayPartition: Intrinsic = (args) => {
  const items = arrayArgument(args, 0);
  const size = integerArgument(args, 1);
  if (size < 1) throw new Error('argument 2 must be positive');
  const chunks: Json[] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
};
