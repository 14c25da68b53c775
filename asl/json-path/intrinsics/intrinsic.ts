import type { Json } from '../../json/value.ts';

/** What an intrinsic function may use besides its arguments. */
export interface IntrinsicContext {
  /** In [0, 1). */
  readonly random: () => number;
}

/** An intrinsic function. It fails by throwing an Error with the reason. */
export type Intrinsic = (args: readonly Json[], context: IntrinsicContext) => Json;

export function textArgument(args: readonly Json[], at: number): string {
  const value = args[at];
  if (typeof value !== 'string') throw new Error(`argument ${at + 1} must be a string`);
  return value;
}

/** Fractions are rounded to the nearest integer. */
export function integerArgument(args: readonly Json[], at: number): number {
  const value = args[at];
  if (typeof value !== 'number') throw new Error(`argument ${at + 1} must be a number`);
  return Math.round(value);
}

export function arrayArgument(args: readonly Json[], at: number): readonly Json[] {
  const value = args[at];
  if (!Array.isArray(value)) throw new Error(`argument ${at + 1} must be an array`);
  return value;
}

/** What `States.Base64Encode`, `States.Base64Decode` and `States.Hash` take at most. */
export const MOST_CHARACTERS = 10_000;

export function boundedText(args: readonly Json[], at: number): string {
  const value = textArgument(args, at);
  if (value.length > MOST_CHARACTERS)
    throw new Error(`argument ${at + 1} is longer than ${MOST_CHARACTERS} characters`);
  return value;
}
