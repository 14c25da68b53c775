import type { Json } from '../json/value.ts';
import type { ExpressionBounds } from './bounds.ts';
import { formatNumber } from './functions/format-number.ts';
import { count, fresh, partition, range, wholePositions } from './functions/lists.ts';
import { parse } from './functions/parse.ts';
import { random, shuffle, uuid } from './functions/random.ts';
import { base64decode, base64encode, decodeUrlComponent, hash, pad, replace, substring } from './functions/text.ts';
import { millis, now } from './functions/time.ts';

/** What stays the same for all functions within one evaluation. */
export interface Evaluation {
  readonly environment: Environment;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A function of the dialect: how JSONata checks its arguments, and what it does. */
export interface DialectFunction {
  /** @see https://docs.jsonata.org/embedding-extending#function-signature-syntax */
  readonly signature: string;
  // biome-ignore lint/suspicious/noExplicitAny: the signature checks the arguments before the call
  readonly call: (evaluation: Evaluation, ...args: any[]) => unknown;
}

/**
 * Where Step Functions differs from JSONata 2.0.6: functions that it adds, and functions that behave otherwise there.
 * A name that stands for null does not exist.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const DIALECT: { readonly [name: string]: DialectFunction | null } = {
  eval: null,
  partition,
  range,
  hash,
  random,
  uuid,
  parse,
  now,
  millis,
  shuffle,
  count,
  pad,
  replace,
  formatNumber,
  substring,
  base64encode,
  base64decode,
  decodeUrlComponent,
  [fresh.name]: fresh,
  [wholePositions.name]: wholePositions,
};

/** What an expression can read besides its own text. */
export interface Environment {
  /** The value of a variable without its `$`, `states` included; undefined when it was never assigned. */
  lookup(name: string): Json | undefined;
  /** Milliseconds since the epoch. Read once an evaluation: all `$now()` and `$millis()` in it agree. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** What the evaluation may take. */
  readonly bounds?: ExpressionBounds | undefined;
}
