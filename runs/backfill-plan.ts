import type { Run } from './executions.ts';
import type { DueDate } from './intervals.ts';

/** A run that is to be made. */
export interface Missing {
  readonly date: number;
  readonly attempt: number;
}

export interface BackfillPlan {
  /** In the order in which they are to start. */
  readonly missing: readonly Missing[];
  /** Dates that have their run. */
  readonly there: number;
}

export interface BackfillChoice {
  readonly newestFirst: boolean;
  /** Dates whose latest run did not succeed get one more. */
  readonly againFailed: boolean;
}

/** Which of the due dates lack a run, of all the runs that there are. Pure; what has been done is read off the runs' names alone. */
export function planBackfill(due: readonly DueDate[], runs: Iterable<Run>, choice: BackfillChoice): BackfillPlan {
  const latest = new Map<number, Run>();
  for (const run of runs) {
    if (run.date === undefined) continue;
    const other = latest.get(run.date);
    if (other === undefined || other.attempt! < run.attempt!) latest.set(run.date, run);
  }
  const missing = due.flatMap(({ at, alias }): Missing[] => {
    const run = latest.get(at) ?? (alias === undefined ? undefined : latest.get(alias));
    if (run === undefined) return [{ date: at, attempt: 1 }];
    return choice.againFailed && hasFailed(run) ? [{ date: run.date!, attempt: run.attempt! + 1 }] : [];
  });
  return { missing: choice.newestFirst ? missing.reverse() : missing, there: due.length - missing.length };
}

export function hasFailed({ status }: Run): boolean {
  return status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';
}
