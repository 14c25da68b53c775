/** A time span: a number of seconds, as in Airflow, or text: `'90s'`, `'1.5s'`, `'15m'`, `'2h'`, `'1d'`. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`;

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Whole milliseconds of a duration, or undefined where it is not one (or is negative). */
export function durationMs(duration: unknown): number | undefined {
  if (typeof duration === 'number')
    return duration >= 0 && Number.isFinite(duration) ? Math.round(duration * 1000) : undefined;
  if (typeof duration !== 'string') return undefined;
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(duration);
  return match ? Math.round(Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS] * 1000) : undefined;
}
