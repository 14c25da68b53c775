import { DateTime } from 'luxon';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { zoneOf } from '../project/schedule.ts';
import { type DueDate, dueAt, nearestDueDates, type Timetable, timetableOf } from './intervals.ts';

/** `2026-01-01T00:00:00Z`: a logical date as tasks see it. */
export function isoOf(date: number): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}

/** When a DAG is due; undefined where it is started by hand alone. */
export function timetable(manifest: Manifest): Timetable | undefined {
  try {
    return timetableOf(manifest);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Stop(diagnose('OPS009', { detail: error.message }));
  }
}

/** A date that somebody wrote, from its first to its last second: a day is a day of the DAG's time zone. */
export function readDate(manifest: Manifest, text: string): { readonly first: number; readonly last: number } {
  const zone = zoneOf(manifest);
  const date = DateTime.fromISO(text.trim(), { zone });
  if (!date.isValid) throw new Stop(diagnose('OPS002', { text }));
  const first = date.startOf('second').toMillis();
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text.trim());
  return { first, last: isDay ? date.endOf('day').toMillis() : first };
}

/**
 * The logical date that somebody asks for.
 * @throws Stop where it lies in the future, or between the schedule's dates
 */
export function logicalDate(manifest: Manifest, text: string, now: number): DueDate {
  const { first } = readDate(manifest, text);
  notInFuture(first, now);
  const when = timetable(manifest);
  if (when === undefined) return { at: first };
  const due = dueAt(when, first);
  if (due !== undefined) return due;
  throw new Stop(
    diagnose('OPS004', {
      date: isoOf(first),
      schedule: manifest.schedule!,
      zone: when.timeZone,
      nearest: nearestDueDates(when, first).map(isoOf),
    }),
  );
}

export function notInFuture(date: number, now: number): void {
  if (date > now) throw new Stop(diagnose('OPS003', { date: isoOf(date), now: isoOf(now) }));
}
