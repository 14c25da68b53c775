import { CronExpressionParser } from 'cron-parser';
import type { Manifest } from '../../compiler/6-files/manifest.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { cronOf, zoneOf } from '../../project/schedule.ts';

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
  if (cron.trim().split(/\s+/).length !== 5) throw refuse('is neither a preset nor five fields of cron');
  const fields = parse(cron, refuse);
  const minute = fieldText(fields.minute.values, 0, 59, refuse);
  const hour = fieldText(fields.hour.values, 0, 23, refuse);
  const month = fieldText(fields.month.values, 1, 12, refuse);
  const days = fieldText(fields.dayOfMonth.values, 1, 31, refuse);
  // 7 is Sunday too.
  const weekday = [...new Set(numbers(fields.dayOfWeek.values, refuse).map((day) => day % 7))].sort();
  const everyWeekday = weekday.length === 7;
  if (days !== '*' && !everyWeekday)
    throw refuse(
      'is due on days of the month and on days of the week besides, which Scheduler cannot say in one schedule',
    );
  const day = everyWeekday ? `${days} ${month} ?` : `? ${month} ${weekday.map((one) => WEEKDAYS[one]).join(',')}`;
  return { expression: `cron(${minute} ${hour} ${day} *)`, timezone: zoneOf(manifest) };
}

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function parse(cron: string, refuse: (detail: string) => Stop) {
  try {
    return CronExpressionParser.parse(cron, { tz: 'UTC' }).fields;
  } catch (error) {
    throw refuse(`is no cron expression: ${(error as Error).message}`);
  }
}

type Values = readonly (number | string)[];

function numbers(values: Values, refuse: (detail: string) => Stop): number[] {
  if (values.some((value) => typeof value !== 'number'))
    throw refuse('asks for last days, which are not supported yet');
  return values as number[];
}

/** A field as somebody would write it: all, every n-th, or a list with its ranges. */
function fieldText(values: Values, least: number, most: number, refuse: (detail: string) => Stop): string {
  const all = numbers(values, refuse);
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
