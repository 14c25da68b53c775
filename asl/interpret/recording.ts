import type { Kind } from './history.ts';

/** What is recorded of one event. */
export type Recorded = readonly [previous: number, timestamp: number, kind: Kind<never, never>, a: unknown, b: unknown];

/**
 * What was recorded and has not been made into events yet, in columns: a long run has very many events, and an object for each of
 * them is one more that the garbage collector has to move (a fifth of a run's time).
 */
export class Recording {
  #previous: number[] = [];
  #timestamps: number[] = [];
  #kinds: Kind<never, never>[] = [];
  #a: unknown[] = [];
  #b: unknown[] = [];

  add<A, B>(previous: number, timestamp: number, kind: Kind<A, B>, a: A, b: B): void {
    this.#previous.push(previous);
    this.#timestamps.push(timestamp);
    this.#kinds.push(kind);
    this.#a.push(a);
    this.#b.push(b);
  }

  /** Hands over all of it, in order, and forgets it. */
  drain(take: (...recorded: Recorded) => void): void {
    for (let at = 0; at < this.#kinds.length; at++) {
      take(
        this.#previous[at] as number,
        this.#timestamps[at] as number,
        this.#kinds[at] as Kind<never, never>,
        this.#a[at],
        this.#b[at],
      );
    }
    this.#previous = [];
    this.#timestamps = [];
    this.#kinds = [];
    this.#a = [];
    this.#b = [];
  }
}
