import { diagnose, Stop } from '../../diagnostics/index.ts';
import { findRun, type Run } from '../executions.ts';
import type { Operation } from '../operation.ts';
import { attemptsOf } from '../start.ts';

/** A run that has a date. */
export type DatedRun = Run & { readonly date: number; readonly attempt: number };

/**
 * The run that is to be resumed: the one that is named, or the latest.
 * @param again whether it may have succeeded
 * @throws Stop where it is none that can be resumed
 */
export async function findResumable(
  operation: Operation,
  execution: string | undefined,
  again: boolean,
): Promise<DatedRun> {
  const run = await findRun(operation, execution);
  const { dag } = operation.manifest;
  const { name, status, date, attempt } = run;
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') throw new Stop(diagnose('RES001', { dag, name, status }));
  if (status === 'SUCCEEDED' && !again) throw new Stop(diagnose('RES002', { dag, name }));
  if (date === undefined || attempt === undefined) throw new Stop(diagnose('RES008', { name }));
  const last = (await attemptsOf(operation, { at: date })).at(-1);
  if (last !== undefined && last.attempt! > attempt)
    throw new Stop(diagnose('RES009', { dag, name, later: last.name, status: last.status }));
  return { ...run, date, attempt };
}
