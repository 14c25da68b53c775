import { createRequire } from 'node:module';
import type { CronExpressionParser } from 'cron-parser';

/** Only where a schedule is no preset: a compilation does not load it. */
const require = createRequire(import.meta.url);

/** @see https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/cron.html */
const PRESETS: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@quarterly', '0 0 1 */3 *'],
  ['@yearly', '0 0 1 1 *'],
]);

/** Presets that no clock starts. */
const BY_HAND: ReadonlySet<string> = new Set(['@once', '@continuous']);

export const SCHEDULE_PRESETS: readonly string[] = [...PRESETS.keys(), ...BY_HAND];

/** A schedule as cron; undefined if the DAG is started by hand. What else somebody wrote is handed on as it is. */
export function cronOf({ schedule }: { readonly schedule: string | null }): string | undefined {
  if (schedule === null || BY_HAND.has(schedule)) return undefined;
  return PRESETS.get(schedule) ?? schedule;
}

type CronFields = ReturnType<typeof CronExpressionParser.parse>['fields'];

/**
 * The five fields of a cron expression: minute, hour, day of the month, month, day of the week.
 * @returns the fields, or what is wrong with it: `has six fields`
 */
export function cronFields(cron: string): CronFields | string {
  const given = cron.trim().split(/\s+/).filter(Boolean).length;
  if (given !== 5) return `has ${given === 1 ? 'one field' : `${given} fields`} of cron where there are five`;
  const { CronExpressionParser: parser } = require('cron-parser') as {
    CronExpressionParser: typeof CronExpressionParser;
  };
  try {
    if (/[Hh]/.test(cron.replace(/thu|march/gi, ''))) return 'has an H, which picks a moment by itself';
    return parser.parse(cron, { tz: 'UTC' }).fields;
  } catch (error) {
    return `is no cron expression: ${(error as Error).message.replace(/\.$/, '')}`;
  }
}

/** What is wrong with a text as a schedule, and what to write instead; undefined if it is one. */
export function scheduleFault(schedule: string): { readonly detail: string; readonly instead: string } | undefined {
  const cron = cronOf({ schedule });
  if (cron === undefined || PRESETS.has(schedule)) return undefined;
  const fields = cronFields(cron);
  if (typeof fields !== 'string') return undefined;
  const known = asElsewhere(schedule.trim());
  if (known) return known;
  return { detail: schedule.startsWith('@') ? 'is no preset' : fields, instead: insteadOf(schedule) };
}

/** AWS's two forms, cron with seconds or years, and presets by other names. */
function asElsewhere(schedule: string): { readonly detail: string; readonly instead: string } | undefined {
  const [, amount, unit] = /^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$/i.exec(schedule) ?? [];
  if (amount !== undefined)
    return { detail: 'is EventBridge’s form', instead: `Write ${ofRate(Number(amount), unit!.toLowerCase())}.` };
  const [, aws] = /^cron\((.*)\)$/is.exec(schedule) ?? [];
  if (aws !== undefined) return { detail: 'is EventBridge’s form', instead: `Write ${ofAwsCron(aws)}.` };
  if (/^(rate|at)\(/i.test(schedule))
    return {
      detail: 'is EventBridge’s form',
      instead: 'Write a preset, `@daily`, or five fields of cron, `0 6 * * *`.',
    };
  const alias = new Map([
    ['@midnight', '@daily'],
    ['@annually', '@yearly'],
  ]).get(schedule.toLowerCase());
  if (alias !== undefined)
    return { detail: 'is cron’s own name, which Airflow does not have', instead: `Write \`${alias}\`.` };
  const fields = schedule.split(/\s+/);
  if (fields.length === 6 && schedule.includes('?'))
    return { detail: 'is EventBridge’s form', instead: `Write ${ofAwsCron(schedule)}.` };
  if (fields.length === 6) {
    const [seconds, ...rest] = fields;
    const five =
      /^(\*|\d{4}|\?)/.test(fields[5]!) && fields[5]!.length >= 4
        ? fields.slice(0, 5)
        : seconds === '0'
          ? rest
          : undefined;
    return {
      detail: 'has six fields',
      instead: `Write five, minute, hour, day of the month, month and day of the week${five === undefined ? '' : `: \`${five.join(' ')}\``}. Seconds and years cannot be said.`,
    };
  }
  return undefined;
}

/** The nearest that cron has for EventBridge's `rate(3 hours)`. */
function ofRate(amount: number, unit: string): string {
  if (amount === 1) return { minute: '`* * * * *`', hour: '`@hourly`', day: '`@daily`' }[unit]!;
  if (unit === 'day' && amount === 7) return '`@weekly`';
  const every = `*/${amount}`;
  return { minute: `\`${every} * * * *\``, hour: `\`0 ${every} * * *\``, day: `\`0 0 ${every} * *\`` }[unit]!;
}

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** EventBridge's six fields as five: `?` is `*`, and weekdays, which it counts from 1, stand by name. */
function ofAwsCron(cron: string): string {
  const [minute, hour, day, month, weekday] = cron.trim().split(/\s+/);
  if (weekday === undefined) return 'five fields of cron, `0 6 * * *`';
  const named = weekday.replace(/(?<![#\d])[1-7](?![\d])/g, (number) => WEEKDAYS[Number(number) - 1]!);
  return `\`${[minute, hour, day, month, named].join(' ').replaceAll('?', '*')}\``;
}

const COMMON: readonly (readonly [pattern: RegExp, preset: string])[] = [
  [/hour/i, '@hourly'],
  [/week/i, '@weekly'],
  [/quarter/i, '@quarterly'],
  [/month/i, '@monthly'],
  [/year|annual/i, '@yearly'],
  [/day|daily|night/i, '@daily'],
];

function insteadOf(schedule: string): string {
  const preset = /[a-z]{3}/i.test(schedule) ? COMMON.find(([pattern]) => pattern.test(schedule))?.[1] : undefined;
  const presets = `The presets are ${SCHEDULE_PRESETS.join(', ')}; null is a DAG that is started by hand.`;
  return `${preset === undefined ? 'Write five fields, such as `0 6 * * 1-5`, or a preset.' : `Did you mean "${preset}"?`} ${presets}`;
}
