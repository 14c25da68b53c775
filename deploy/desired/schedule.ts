import { cronFields, cronOf } from '../../airflow/schedule.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { type Names, ownTags, type Place } from '../../aws/names.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { windowOf, zoneOf } from '../../project/schedule.ts';
import type { Resource } from '../resource.ts';
import { type DesiredContext, smallMachine, smallRole, starts, statesOf } from './context.ts';
import { usesKey } from './keys.ts';

/** Scheduler's own word for the time at which it was due, replaced when it fires. */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

/** What starts runs by the DAG's schedule: the starter machine and the schedule that starts it. Nothing for a DAG that is started by hand. */
export function scheduleOf(context: DesiredContext): Resource[] {
  const { built, names, environment } = context;
  const expression = scheduleExpression(built.manifest);
  if (expression === undefined) return [];
  const starterRole = smallRole(context, {
    name: names.starterRole,
    title: 'the starter’s role',
    assumedBy: statesOf(context.place),
    policy: starts(names.machineArn, names.alias),
  });
  const role = smallRole(context, {
    name: names.scheduleRole,
    title: 'the schedule’s role',
    // Of the group, never of the schedule, which is refused for good.
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    assumedBy: [{ service: 'scheduler.amazonaws.com', source: names.scheduleGroupArn }],
    policy: {
      ...starts(names.starterArn),
      Statement: [...(starts(names.starterArn).Statement as Json[]), ...usesKey(environment.kmsKeys?.schedule)],
    },
  });
  return [
    starterRole,
    smallMachine(context, {
      name: names.starter,
      arn: names.starterArn,
      title: 'the starter',
      definition: starterDefinition(built.manifest, names, context.place) as unknown as JsonObject,
      role: starterRole,
    }),
    role,
    // A group of its own: only groups take tags, their metrics are counted by group, and the role's trust can name no less than one.
    {
      kind: 'schedule-group',
      title: 'the group of the schedule',
      name: names.scheduleGroup,
      arn: names.scheduleGroupArn,
      properties: {},
      tags: context.tags,
    },
    {
      kind: 'schedule',
      title: 'the schedule',
      name: names.schedule,
      arn: names.scheduleArn,
      properties: {
        expression: expression.expression,
        timezone: expression.timezone,
        state: environment.schedule === 'enabled' ? 'ENABLED' : 'DISABLED',
        target: names.starterArn,
        role: role.arn,
        input: JSON.stringify({ scheduled_time: SCHEDULED_TIME }),
        ...(environment.kmsKeys?.schedule !== undefined && { kmsKey: environment.kmsKeys.schedule }),
      },
      // A schedule has no tags, only its group has; its description says whose it is.
      tags: ownTags(built.dag, environment.name),
    },
  ];
}

/**
 * The machine between the schedule and the DAG: an execution's name is its logical date, and Scheduler's time has colons, which names
 * forbid. A name that is taken means that the date has its run already, whoever started it. Dates before the DAG's `startDate` and after its
 * `endDate` start nothing.
 */
export function starterDefinition(manifest: Manifest, names: Names, { partition }: Place): Json {
  const window = dueWindow(manifest);
  const start = {
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:sfn:startExecution`,
    Arguments: {
      StateMachineArn: names.aliasArn,
      Name: "{% $replace($states.input.scheduled_time, /[-:]|\\.[0-9]+/, '') & '-1' %}",
      Input: "{% $string({'logical_date': $states.input.scheduled_time}) %}",
    },
    Retry: [
      { ErrorEquals: [TAKEN], MaxAttempts: 0 },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 10, BackoffRate: 2, MaxDelaySeconds: 300 },
    ],
    Catch: [{ ErrorEquals: [TAKEN], Next: 'is there already' }],
    End: true,
  };
  return {
    Comment: `Starts ${manifest.dag} for the logical date at which its schedule is due.`,
    QueryLanguage: 'JSONata',
    StartAt: window === undefined ? 'start' : 'due?',
    States: {
      ...(window !== undefined && {
        'due?': { Type: 'Choice', Choices: [{ Condition: window, Next: 'start' }], Default: 'not due' },
        'not due': { Type: 'Succeed' },
      }),
      start,
      'is there already': { Type: 'Succeed' },
    },
  };
}

const TAKEN = 'Sfn.ExecutionAlreadyExistsException';

function dueWindow(manifest: Manifest): string | undefined {
  const { start, end } = windowOf(manifest);
  const bounds = [...(start === undefined ? [] : [`$t >= ${start}`]), ...(end === undefined ? [] : [`$t <= ${end}`])];
  if (bounds.length === 0) return undefined;
  return `{% ($t := $toMillis($states.input.scheduled_time); ${bounds.join(' and ')}) %}`;
}

export interface ScheduleExpression {
  readonly expression: string;
  /** IANA's name. */
  readonly timezone: string;
}

/**
 * A DAG's schedule as EventBridge Scheduler writes it; undefined if the DAG is started by hand. As in Airflow 3 a run's logical date is the
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
