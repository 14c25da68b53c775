import { arrayArgument, type Intrinsic } from './intrinsic.ts';

/** `States.ArrayLength(array)`. */
export const arrayLength: Intrinsic = (args) => arrayArgument(args, 0).length;
