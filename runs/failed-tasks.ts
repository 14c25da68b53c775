import type { Run } from './executions.ts';
import { describeRun } from './executions.ts';
import { lookAt } from './follow.ts';
import type { Operation } from './operation.ts';

/**
 * The tasks that failed in a run that did not succeed. The machine's own words say it where it keeps records (its Cause is a list of them);
 * elsewhere the history does.
 */
export async function failedTasks(operation: Operation, run: Run): Promise<string[]> {
  if (run.status !== 'FAILED' && run.status !== 'TIMED_OUT') return [];
  const cause = (await describeRun(operation, run.name))?.cause;
  const recorded = cause === undefined ? undefined : tasksIn(cause);
  if (recorded !== undefined) return recorded;
  const { tasks } = await lookAt(operation, run);
  return tasks.filter(({ state }) => state === 'failed').map(({ task }) => task);
}

function tasksIn(cause: string): string[] | undefined {
  try {
    const records: unknown = JSON.parse(cause);
    const isRecord = (one: unknown): one is { task: string } => typeof (one as { task?: unknown })?.task === 'string';
    return Array.isArray(records) && records.length > 0 && records.every(isRecord)
      ? records.map(({ task }) => task)
      : undefined;
  } catch {
    return undefined;
  }
}
