import { CronExpressionParser } from 'cron-parser';
import { DateTime, type IANAZone } from 'luxon';
import { cronOf } from '../airflow/schedule.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { momentsOf, onClock, type Scheduled, windowOf, zoneNamed, zoneOf } from '../project/schedule.ts';

/** `2026-01-01T00:00:00Z`: a logical date as tasks see it. */
export function isoOf(date: number): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}

/** When a DAG is due; undefined if it is started by hand alone. */
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
 * @throws Stop if it lies in the future, or between the schedule's dates
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

/** When a DAG is due. */
export interface Timetable {
  /** Five fields of cron. */
  readonly cron: string;
  /** IANA's name. */
  readonly timeZone: string;
  /** The first and the last moment that may be due, in milliseconds. */
  readonly start: number;
  readonly end: number;
}

/** A moment at which a run is due: its logical date. Milliseconds since the epoch. */
export interface DueDate {
  readonly at: number;
  /**
   * The same wall-clock time an hour apart, where clocks go back: a run of the one is a run of the other. EventBridge Scheduler fires once,
   * and does not say which of the two it takes.
   */
  readonly alias?: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * When a DAG is due; undefined if it is started by hand alone (no schedule, `@once`, `@continuous`).
 * @throws RangeError if the schedule is no cron expression, or the time zone unknown
 */
export function timetableOf(of: Scheduled): Timetable | undefined {
  const cron = cronOf(of);
  if (cron === undefined) return undefined;
  parse(cron);
  const { start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY } = windowOf(of);
  return { cron, timeZone: zoneOf(of), start, end };
}

/**
 * The moments from `from` to `to`, both of them included, at which runs are due, in order. As Airflow 3 does by default
 * (CronTriggerTimetable), a run's logical date is the moment at which it is due, not the begin of the interval before it; EventBridge
 * Scheduler gives the same.
 *
 * Where clocks change, cron is read as Airflow reads it: on the wall clock, a time that does not exist is so much later, of a time that
 * exists twice the second counts. What is due in every hour goes on through both.
 */
export function dueDates(timetable: Timetable, from: number, to: number): DueDate[] {
  const { cron, timeZone } = timetable;
  const first = Math.max(from, timetable.start);
  const last = Math.min(to, timetable.end);
  if (!(first <= last)) return [];
  const zone = zoneNamed(timeZone);
  // On the wall clock, as if it were UTC; a day more on both sides has every offset in it.
  const expression = parse(cron, first - DAY - 1, last + DAY);
  const everyHour = cron.trim().split(/\s+/)[1] === '*';
  const found = new Map<number, DueDate>();
  while (expression.hasNext()) {
    for (const due of dueOnClock(expression.next().getTime(), zone, everyHour)) {
      if (due.at >= first && due.at <= last) found.set(due.at, due);
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

/** The due date that a moment is, if it is one. */
export function dueAt(timetable: Timetable, at: number): DueDate | undefined {
  return dueDates(timetable, at - 2 * HOUR, at + 2 * HOUR).find((due) => due.at === at || due.alias === at);
}

/** The last due date before a moment and the first after it, as far as there are such. */
export function nearestDueDates(timetable: Timetable, at: number): number[] {
  for (let days = 1; ; days *= 6) {
    const all = dueDates(timetable, at - days * DAY, at + days * DAY).filter((due) => due.at !== at);
    const near = [all.findLast((due) => due.at < at), all.find((due) => due.at > at)];
    if (near.every((one) => one !== undefined) || days > 4000) return near.flatMap((one) => one?.at ?? []);
  }
}

/** The due dates of a time on the wall. */
function dueOnClock(wall: number, zone: IANAZone, everyHour: boolean): DueDate[] {
  if (everyHour) return momentsOf(wall, zone).map((at) => ({ at }));
  const [one, two] = onClock(wall, zone);
  return [two === undefined ? { at: one! } : { at: two, alias: one! }];
}

function parse(cron: string, from = 0, to?: number) {
  if (cron.trim().split(/\s+/).length !== 5)
    throw new RangeError(`"${cron}" is neither a preset nor five fields of cron`);
  try {
    return CronExpressionParser.parse(cron, {
      tz: 'UTC',
      currentDate: new Date(from),
      ...(to !== undefined && { endDate: new Date(to) }),
    });
  } catch (error) {
    throw new RangeError(`"${cron}" is no cron expression: ${(error as Error).message}`);
  }
}
