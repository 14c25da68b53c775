import type { Clock } from '../asl/interpret/options.ts';

/**
 * The clock of a local run: real while an engine is at work, and jumping ahead as soon as nothing is, so that a wait costs nothing.
 * Engines take their timestamps from it, or a crawl would seem to begin before the state that started it.
 */
export class HybridClock implements Clock {
  #ahead = 0;
  #busy = 0;
  #idle: (() => void)[] = [];

  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Time is real until the promise that `work` answers is settled. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work();
    } finally {
      if (--this.#busy === 0) for (const wake of this.#idle.splice(0)) wake();
    }
  }

  /** Resolves when no engine is at work. */
  async settled(): Promise<void> {
    while (this.#busy > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async sleepUntil(at: number, wake: Promise<unknown>): Promise<void> {
    let woken = false;
    const note = () => {
      woken = true;
    };
    const awake = wake.then(note, note);
    while (!woken && this.now() < at) {
      if (this.#busy > 0) {
        await this.#untilIdleOr(at, awake);
        continue;
      }
      // What an engine's end has set off comes first: its reply may be what is waited for.
      await nextTurn();
      if (woken || this.#busy > 0) continue;
      if (at === Number.POSITIVE_INFINITY) return awake;
      this.#ahead += Math.max(0, at - this.now());
    }
  }

  async #untilIdleOr(at: number, awake: Promise<void>): Promise<void> {
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
    let timer: NodeJS.Timeout | undefined;
    // setTimeout takes at most 2^31 - 1 ms; the loop around it takes the rest.
    const alarm = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(Math.max(0, at - this.now()), 2 ** 31 - 1));
    });
    await Promise.race([idle, alarm, awake]);
    clearTimeout(timer);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
