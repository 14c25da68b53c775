import type { Json } from '../json/value.ts';
import type { ExpressionBounds } from './bounds.ts';

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
