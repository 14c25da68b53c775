import { isDate } from 'node:util/types';
import { dateFault, hasOffset, zoneFault, zoneNames } from '../../airflow/moment.ts';
import { SCHEDULE_PRESETS, scheduleFault } from '../../airflow/schedule.ts';
import { type Diagnostic, diagnose, isError } from '../../diagnostics/index.ts';
import type { DagSpec } from '../dag.ts';
import { duration } from '../duration.ts';
import { type Check, type ChecksOf, check, flag, listOf, prose, shown, twice, type Where } from './check.ts';
import { declarations } from './declarations.ts';
import { type Kind, readFields } from './fields.ts';
import { DEFAULT_ARGS } from './task-spec.ts';

const schedule = check(
  `a preset (${SCHEDULE_PRESETS.join(', ')}), five fields of cron, or null`,
  (given, { owner, at }) => {
    if (given === null) return [];
    if (typeof given !== 'string') {
      const instead = `Write a preset (${SCHEDULE_PRESETS.join(', ')}) or five fields of cron as a text, or null for a DAG that is started by hand.`;
      return [diagnose('DAG089', { dag: owner, given: shown(given), detail: 'is no text', instead }, at)];
    }
    const fault = scheduleFault(given);
    return fault ? [diagnose('DAG089', { dag: owner, given: shown(given), ...fault }, at)] : [];
  },
);

const date = check("a date of ISO 8601, `'2026-01-31'`", (given, { owner, field, at }) => {
  const detail = typeof given === 'string' ? dateFault(given) : isDate(given) ? 'is no text' : 'is no date of ISO 8601';
  if (detail === undefined) return [];
  return [diagnose('DAG090', { dag: owner, field, given: shown(given), detail, instead: insteadOf(given) }, at)];
});

/** What somebody may have meant by what is no date. */
function insteadOf(given: unknown): string {
  const form =
    "Write a day, `'2026-01-31'`, or a moment, `'2026-01-31T06:00:00Z'`; without an offset it is read in `timezone`.";
  if (isDate(given) && !Number.isNaN(given.getTime())) return `Write \`'${given.toISOString()}'\`. ${form}`;
  if (typeof given !== 'string' || !/^(today|yesterday|tomorrow|now|\d+ days? ago)$/i.test(given)) return form;
  return `${form} What moves with the day on which it is compiled would make the same DAG another one tomorrow.`;
}

const timezone = check("IANA's name of a time zone, `'Europe/Zurich'`", (given, { owner, at }) => {
  const detail = typeof given === 'string' ? zoneFault(given) : 'is no text';
  if (detail === undefined) return [];
  return [diagnose('DAG092', { dag: owner, given: shown(given), known: zoneNames(), detail }, at)];
});

const tags = check('a list of texts', (given, where) => {
  const wrong = listOf(prose, "a list of texts, `['sales']`")(given, where);
  return wrong.some(isError) ? wrong : [...wrong, ...twice(given as unknown[], where)];
});

/** Reports the faults; `new Dag` reads the valid fields itself. */
const defaultArgs: Check = check(
  'an object, `{ retries: 2 }`',
  (given, where) =>
    readFields(given, DEFAULT_ARGS, { instead: '`defaultArgs: { retries: 2 }`', airflow: 'task' }, where).faults,
);

export const DAG: ChecksOf<DagSpec<never, never>> = {
  schedule,
  timezone,
  startDate: date,
  endDate: date,
  catchup: flag,
  tags,
  description: prose,
  dagrunTimeout: duration('1s'),
  failFast: flag,
  defaultArgs,
  env: declarations('env'),
  params: declarations('params'),
};

export const DAG_KIND: Kind = { instead: "`new Dag(id, { schedule: '@daily' })`", airflow: 'dag' };

interface Window {
  readonly startDate?: string;
  readonly endDate?: string;
}

/**
 * That the end lies before the start. Both are of one zone where neither or each has an offset; between the two kinds lie up to 14 hours
 * that only the zone decides, and those are let pass.
 */
export function startsAfterEnd(dag: string, { startDate, endDate }: Window, at: Where['at']): Diagnostic[] {
  if (startDate === undefined || endDate === undefined) return [];
  const moment = (date: string) => Date.parse(hasOffset(date) || !date.includes('T') ? date : `${date}Z`);
  const slack = hasOffset(startDate) === hasOffset(endDate) ? 0 : 14 * 3_600_000;
  if (moment(endDate) + slack >= moment(startDate)) return [];
  return [diagnose('DAG091', { dag, startDate, endDate }, at)];
}
