import { setTimeout as sleep } from 'node:timers/promises';
import { checkArguments } from '../arguments.ts';
import type { Clock } from './options.ts';

/** The longest delay that a Node timer takes, in milliseconds. */
const LONGEST_SLEEP = 2 ** 31 - 1;

/**
 * The time of this machine.
 *
 * @example
 * ```ts
 * const machine = { StartAt: 'wait', States: { wait: { Type: 'Wait', Seconds: 1, End: true } } } as const;
 * await interpret(machine, { clock: realClock, random: Math.random, tasks: () => ({ result: {} }) }); // takes a second
 * ```
 */
export const realClock: Clock = {
  now: () => Date.now(),
  async sleepUntil(at, wake) {
    let woken = false;
    const stop = new AbortController();
    const done = wake.then(() => {
      woken = true;
    });
    while (!woken) {
      const left = at - Date.now();
      if (left <= 0) break;
      const nap = sleep(Math.min(left, LONGEST_SLEEP), undefined, { signal: stop.signal }).catch(() => undefined);
      await Promise.race([nap, done]);
    }
    stop.abort();
  },
};

/**
 * Time that passes only when nothing else can happen, and then at once: a year's Wait takes no time. It begins at `start`
 * (milliseconds since the epoch). While a handler's promise is pending its time stands still.
 *
 * @example
 * ```ts
 * const clock = createVirtualClock(Date.parse('2026-01-01T00:00:00Z'));
 * ```
 */
export function createVirtualClock(start: number): Clock {
  checkArguments({
    name: 'createVirtualClock(…): its start',
    wanted: 'a number of milliseconds since the epoch',
    fits: () => Number.isFinite(start),
  });
  let now = start;
  return {
    virtual: true,
    now: () => now,
    async sleepUntil(at, wake) {
      // Without a timer only something outside (an abort) can go on.
      if (at === Number.POSITIVE_INFINITY) await wake;
      else if (at > now) now = at;
    },
  };
}
