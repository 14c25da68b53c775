import type { Json } from '../../../asl/json/value.ts';

/** What an expression gives: a value, nothing, or a failure whose cause the pattern matches. */
export type Wanted = Given | { readonly fails: RegExp };
export type Given = { readonly is: Json } | { readonly nothing: true };

export const is = (value: Json): Wanted => ({ is: value });
export const nothing: Given = { nothing: true };
export const fails = (cause: RegExp | string): Wanted => ({ fails: new RegExp(cause) });
