import type { Json } from '../json/value.ts';

/** The kinds of values that intrinsic functions distinguish; `any` is every JSON value. */
export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'any';

/** An argument before anything runs: a literal, the kind of a function's result, or nothing known (a path). */
export type Argument =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'null' | 'list' | 'any' };

/** Why a call with these literals fails whenever it runs, as the end of a sentence, and the argument at fault. */
export interface ArgumentFault {
  readonly detail: string;
  readonly index: number;
}

/** What an intrinsic function may use besides its arguments. */
export interface IntrinsicContext {
  /** In [0, 1). */
  readonly random: () => number;
}

/** An intrinsic function: what it takes, gives and does. */
export interface Intrinsic {
  /** The kinds of the arguments that it needs, in order. */
  readonly takes: readonly Kind[];
  /** The kinds of further arguments that may be missing. */
  readonly optional?: readonly Kind[];
  /** The kind of any number of further arguments. */
  readonly rest?: Kind;
  readonly gives: Kind;
  /** `ErrorPath` and `CausePath` take it, as all that give text. */
  readonly mayGiveText?: true;
  /** What is wrong with literals of the right kinds. */
  readonly check?: (args: readonly Argument[]) => ArgumentFault | undefined;
  /** Its value. Throws an Error with the reason where it fails. */
  readonly call: (args: readonly Json[], context: IntrinsicContext) => Json;
}

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

/** A text that is not too long for the functions with a limit. */
export function boundedText(args: readonly Json[], at: number): string {
  const value = textArgument(args, at);
  if (value.length > MOST_CHARACTERS)
    throw new Error(`argument ${at + 1} is longer than ${MOST_CHARACTERS} characters`);
  return value;
}
