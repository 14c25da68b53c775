/**
 * JSONata begins the values of an object, and the items of an array, all at once. The service evaluates one after the other: which of two
 * failures counts, and how deep an evaluation is, must not be chance. This lets each begin when the one before it has ended.
 */
export class Siblings {
  /** What began in this very moment: siblings do. */
  #burst: { readonly owner: object; last: Promise<void> } | undefined;
  /** To be called when the innermost value under way has ended. */
  readonly #ends: (() => void)[] = [];

  /** A value of `owner` is to begin: at once, or when the promise says so. */
  begin(owner: object): Promise<void> | undefined {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    if (this.#burst?.owner === owner) {
      const before = this.#burst.last;
      this.#burst.last = ended;
      return before.then(() => {
        this.#ends.push(end);
      });
    }
    this.#burst = { owner, last: ended };
    queueMicrotask(() => {
      this.#burst = undefined;
    });
    this.#ends.push(end);
    return undefined;
  }

  end(): void {
    this.#ends.pop()?.();
  }
}
