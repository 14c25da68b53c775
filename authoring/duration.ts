import { type Check, check, misfit, outside } from './checks/check.ts';
import { isReference } from './reference.ts';

/** A time span: a number of seconds, as in Airflow, or text: `'90s'`, `'1.5s'`, `'15m'`, `'2h'`, `'1d'`. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`;

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Whole milliseconds of a duration, or undefined if it is not one (or is negative). */
export function durationMs(duration: unknown): number | undefined {
  if (typeof duration === 'number')
    return duration >= 0 && Number.isFinite(duration) ? Math.round(duration * 1000) : undefined;
  if (typeof duration !== 'string') return undefined;
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(duration);
  return match ? Math.round(Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS] * 1000) : undefined;
}

const WANTED = "a number of seconds or a text such as '90s', '15m', '2h', '1d', known when the DAG is compiled";

/**
 * A duration between two amounts.
 * @param least as somebody writes it; `0s` too can be one
 */
export function duration(least: `${number}${'s' | 'm' | 'd'}`, most: `${number}${'s' | 'm' | 'd'}` = '365d'): Check {
  const [from, to] = [durationMs(least)!, durationMs(most)!];
  return check(WANTED, (given, where) => {
    const ms = isReference(given) ? undefined : durationMs(given);
    // A negative one has the right form and the wrong size.
    const isNegative =
      typeof given === 'number'
        ? given < 0
        : typeof given === 'string' && durationMs(given.slice(1)) !== undefined && given.startsWith('-');
    if (ms === undefined && !isNegative) return [misfit(given, where, WANTED)];
    return ms !== undefined && ms >= from && ms <= to ? [] : [outside(given, where, least, most)];
  });
}
