/** Steps (nodes evaluated) that one evaluation may take; what the service's one second allows is of this order. */
const MOST_STEPS = 1_000_000;
/** Nodes whose evaluation has begun and not ended: what endless recursion piles up. */
const MOST_OPEN = 50_000;
/** A last resort against expressions whose single steps are slow. Milliseconds of real time; the step bound comes first. */
const MOST_MILLISECONDS = 10_000;
const CLOCK_EVERY = 4096;

/** Counts what one evaluation does, and ends it when it is too much. */
export class Bounds {
  #steps = 0;
  #open = 0;
  readonly #begun = performance.now();

  enter(): void {
    this.#steps++;
    this.#open++;
    if (this.#open > MOST_OPEN) throw bound('Stack overflow error: Check for non-terminating recursive function.');
    if (this.#steps > MOST_STEPS) throw bound('Expression evaluation timeout: Check for infinite loop');
    if (this.#steps % CLOCK_EVERY === 0 && performance.now() - this.#begun > MOST_MILLISECONDS) {
      throw bound('Expression evaluation timeout: Check for infinite loop');
    }
  }

  leave(): void {
    this.#open--;
  }
}

function bound(message: string): Error {
  return Object.assign(new Error(message), { code: 'U1001' });
}
