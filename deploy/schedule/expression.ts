import { cronFields, cronOf } from '../../airflow/schedule.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { zoneOf } from '../../project/schedule.ts';

export interface ScheduleExpression {
  readonly expression: string;
  /** IANA's name. */
  readonly timezone: string;
}

/**
 * A DAG's schedule as EventBridge Scheduler writes it; undefined where the DAG is started by hand. As in Airflow 3 a run's logical date is the
 * moment at which it is due (CronTriggerTimetable).
 *
 * Scheduler's cron has six fields, counts weekdays from 1 for Sunday where Airflow counts from 0, and wants `?` in one of the two fields for
 * days. Weekdays are written by name, so that nobody has to count.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @throws Stop for what Scheduler cannot say
 */
export function scheduleExpression(manifest: Manifest): ScheduleExpression | undefined {
  const { dag, schedule } = manifest;
  const cron = cronOf(manifest);
  if (cron === undefined || schedule === null) return undefined;
  const refuse = (detail: string) => new Stop(diagnose('DEP004', { dag, schedule, detail }));
  const fields = cronFields(cron);
  if (typeof fields === 'string') throw refuse(fields);
  const { minute, hour, dayOfMonth, month, dayOfWeek } = fields;
  const time = `${fieldText(minute.values, 0, 59)} ${fieldText(hour.values, 0, 23)}`;
  const months = fieldText(month.values, 1, 12);
  const days = dayOfMonth.hasLastChar ? lastDay(dayOfMonth.values, refuse) : fieldText(dayOfMonth.values, 1, 31);
  const weekdays = weekdayText(dayOfWeek.values, dayOfWeek.nthDay, refuse);
  if (days !== '*' && weekdays !== '*')
    throw refuse(
      'is due on days of the month and on days of the week besides, which Scheduler cannot say in one schedule',
    );
  const day = weekdays === '*' ? `${days} ${months} ?` : `? ${months} ${weekdays}`;
  return { expression: `cron(${time} ${day} *)`, timezone: zoneOf(manifest) };
}

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type Values = readonly (number | string)[];
type Refuse = (detail: string) => Stop;

function lastDay(values: Values, refuse: Refuse): string {
  if (values.length === 1) return 'L';
  throw refuse('is due on the last day of the month and on others, which Scheduler cannot say in one schedule');
}

/** By name; the n-th or the last one of a month by the number that Scheduler has for it. */
function weekdayText(values: Values, nth: number, refuse: Refuse): string {
  if (values.some((value) => typeof value === 'string')) {
    if (values.length > 1) throw refuse('names more than one last weekday');
    return `${Number.parseInt(String(values[0]), 10) + 1}L`;
  }
  // 7 is Sunday too.
  const days = [...new Set((values as readonly number[]).map((day) => day % 7))].sort();
  if (nth > 0) return `${days[0]! + 1}#${nth}`;
  return days.length === 7 ? '*' : days.map((day) => WEEKDAYS[day]).join(',');
}

/** A field as somebody would write it: all, every n-th, or a list with its ranges. */
function fieldText(values: Values, least: number, most: number): string {
  const all = values as readonly number[];
  if (all.length === most - least + 1) return '*';
  const step = all.length > 2 ? all[1]! - all[0]! : 0;
  const regular = step > 1 && all.every((value, i) => value === all[0]! + i * step) && all.at(-1)! + step > most;
  if (regular) return `${all[0]}/${step}`;
  const ranges: [from: number, to: number][] = [];
  for (const value of all) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === value - 1) last[1] = value;
    else ranges.push([value, value]);
  }
  return ranges
    .map(([from, to]) => (from === to ? from : to === from + 1 ? `${from},${to}` : `${from}-${to}`))
    .join(',');
}
