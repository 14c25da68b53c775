import { setTimeout as pause } from 'node:timers/promises';

/** For how long, or how many times, something is asked again. */
export interface Patience {
  readonly ms?: number;
  readonly times?: number;
  readonly everyMs: number;
  /** Ends the waiting, with its reason as the error. */
  readonly signal?: AbortSignal;
}

/**
 * Asks again until there is an answer. It is asked once at least, and once more when the time is over.
 * @returns undefined where there was none in time, or in so many times
 * @example
 * const cluster = await answered(findCluster, { ms: 60_000, everyMs: 5_000 });
 */
export async function answered<T>(
  ask: () => Promise<T | undefined>,
  { ms = Number.POSITIVE_INFINITY, times = Number.POSITIVE_INFINITY, everyMs, signal }: Patience,
): Promise<T | undefined> {
  const end = Date.now() + ms;
  for (let asked = 1; ; asked += 1) {
    signal?.throwIfAborted();
    const answer = await ask();
    const left = end - Date.now();
    if (answer !== undefined || left <= 0 || asked >= times) return answer;
    await pause(Math.min(everyMs, left));
  }
}
