import { type Intrinsic, integerArgument } from './intrinsic.ts';

/** `States.MathAdd(a, b)`: both are rounded first. */
export const mathAdd: Intrinsic = (args) => integerArgument(args, 0) + integerArgument(args, 1);
