/** Steps (nodes evaluated) that one evaluation may take; what the service's one second allows is of this order. */
const MOST_STEPS = 1_000_000;
/** Nodes whose evaluation has begun and not ended. Measured on the service: 100 are evaluated, 101 are not. */
export const MOST_OPEN = 100;
/**
 * Bytes of one value, a character taken as one and a number as eight. Measured on the service: `[1..873782]` is a value, `[1..873783]`
 * is none; nor is a text of 2^23 characters.
 */
export const MOST_BYTES = 6_990_256;
/** A last resort against expressions whose single steps are slow. Milliseconds of real time; the step bound comes first. */
const MOST_MILLISECONDS = 10_000;
const CLOCK_EVERY = 4096;

/** What one evaluation may take, in place of what it may take by default. */
export interface ExpressionBounds {
  /** Nodes evaluated. Default 1,000,000: what the service's one second allows is of this order. */
  readonly steps?: number;
  /** Of real time; looked at now and then. Default 10,000. */
  readonly milliseconds?: number;
}

/** Counts what one evaluation does, and ends it when it is too much. The texts are the service's. */
export class Bounds {
  #steps = 0;
  #open = 0;
  readonly #begun = performance.now();
  readonly #mostSteps: number;
  readonly #mostMilliseconds: number;

  constructor({ steps = MOST_STEPS, milliseconds = MOST_MILLISECONDS }: ExpressionBounds = {}) {
    this.#mostSteps = steps;
    this.#mostMilliseconds = milliseconds;
  }

  enter(): void {
    this.#steps++;
    this.#open++;
    if (this.#open > MOST_OPEN) throw tooDeep();
    if (
      this.#steps > this.#mostSteps ||
      (this.#steps % CLOCK_EVERY === 0 && performance.now() - this.#begun > this.#mostMilliseconds)
    ) {
      throw timeout();
    }
  }

  /** A node's evaluation ended; with a value, where one was made. */
  leave(value: unknown): void {
    this.#open--;
    if (byteSize(value) > MOST_BYTES) throw tooMuchMemory();
  }
}

/** A bound was reached: an error without a code of JSONata's. */
export class BoundError extends Error {}

export function tooMuchMemory(): BoundError {
  return new BoundError('Expression evaluation memory limit exceeded: Check for excessive memory usage');
}

export function timeout(): BoundError {
  return new BoundError('Expression evaluation timeout: Check for infinite loop');
}

export function tooDeep(): BoundError {
  return new BoundError(
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
  );
}

interface Measured {
  readonly bytes: number;
  /** Of a list, which may grow after it was measured. */
  readonly length: number;
}

const known = new WeakMap<object, Measured>();
const NOTHING: Measured = { bytes: 0, length: 0 };

/**
 * About how many bytes a value takes: a character one, a number eight. What is shared counts wherever it stands, since it is written
 * out there in the end; but it is measured only once, so that a value of few objects that stands for a huge one is measured at once.
 */
function byteSize(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'number') return 8;
  if (typeof value !== 'object' || value === null) return 1;
  const length = Array.isArray(value) ? value.length : 0;
  const before = known.get(value);
  if (before !== undefined && before.length === length) return before.bytes;
  known.set(value, NOTHING);
  const bytes = Array.isArray(value) ? ofArray(value) : ofObject(value as Record<string, unknown>);
  known.set(value, { bytes, length });
  return bytes;
}

function ofArray(items: readonly unknown[]): number {
  let bytes = 0;
  for (const item of items) bytes += byteSize(item);
  return bytes;
}

function ofObject(object: Record<string, unknown>): number {
  // Functions hold on to all that they can see.
  if (object._jsonata_lambda === true || object._jsonata_function === true) return 0;
  let bytes = 0;
  for (const key of Object.keys(object)) bytes += key.length + byteSize(object[key]);
  return bytes;
}
