import { hasOffset } from '../../airflow/moment.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Where } from './check.ts';

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
