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

const EXTENDED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch of an ISO 8601 date and time in extended format with an offset, as the service wants timestamps;
 * undefined for any other text. Fractions of a millisecond are cut.
 */
export function parseTimestamp(text: string): number | undefined {
  const found = EXTENDED.exec(text);
  if (found === null) return undefined;
  const offset = found[2] as string;
  const local = text.slice(0, 19);
  const whole = Date.parse(`${local}Z`);
  // A day or an hour that does not exist parses as a later one, or not at all.
  if (Number.isNaN(whole) || new Date(whole).toISOString().slice(0, 19) !== local) return undefined;
  const fraction = Math.trunc(Number(`0.${found[1] ?? 0}`) * 1000);
  return whole + fraction - offsetOf(offset);
}

function offsetOf(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000;
}

/** As the context object writes a moment: no fraction where there is none. */
export function isoTimestamp(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
