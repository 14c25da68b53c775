import type { Environment } from './environment.ts';
import { base64decode, base64encode } from './functions/base64.ts';
import { count } from './functions/count.ts';
import { formatNumber } from './functions/format-number.ts';
import { fresh } from './functions/fresh.ts';
import { hash } from './functions/hash.ts';
import { millis, now } from './functions/now.ts';
import { pad } from './functions/pad.ts';
import { parse } from './functions/parse.ts';
import { partition } from './functions/partition.ts';
import { random } from './functions/random.ts';
import { range } from './functions/range.ts';
import { replace } from './functions/replace.ts';
import { shuffle } from './functions/shuffle.ts';
import { substring } from './functions/substring.ts';
import { decodeUrlComponent } from './functions/url.ts';
import { uuid } from './functions/uuid.ts';
import { wholePositions } from './functions/whole-positions.ts';

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
