import { join, relative } from 'node:path';
import type { Visit } from '../asl/history/visit.ts';
import { endStates, type TaskEnd } from '../report/end-states.ts';
import type { RunReport } from '../report/report.ts';
import { readAnswers, writtenFiles } from '../report/report.ts';
import type { Executed } from './execute.ts';
import type { Prepared } from './prepare.ts';
import type { Handed } from './record.ts';

export interface ReportContext {
  readonly run: string;
  readonly project: string;
  /** The run's folder, and that of all buckets. */
  readonly folder: string;
  readonly picture: string;
  readonly lake: string;
  readonly began: number;
  readonly ended: number;
}

/** How the run went: the tasks' end states, the answers, the files that it wrote. */
export async function makeReport(
  prepared: Prepared,
  { execution, visits, notes }: Executed,
  context: ReportContext,
): Promise<RunReport> {
  const { manifest, leftOut, buckets, guard, cleanupGuard } = prepared;
  const { status, error, cause } = execution;
  const here = (path: string) => relative(context.project, path);
  const taskOf = (state: string) => manifest.tasks.find(({ states }) => states.includes(state))?.id ?? state;
  return {
    run: context.run,
    dag: manifest.dag,
    status,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    milliseconds: context.ended - context.began,
    tasks: endStates({ manifest, visits, status, stoppedAt: context.ended, leftOut }),
    answers: (await readAnswers(manifest, notes)).map((answer) => ({ ...answer, file: here(answer.file) })),
    files: await writtenFiles(
      buckets.map((bucket) => join(context.lake, bucket)),
      context.began,
      context.project,
    ),
    folder: here(context.folder),
    picture: here(context.picture),
    ...(guard && {
      denials: [...guard.denials, ...(cleanupGuard?.denials ?? [])].map((denial) => ({
        task: taskOf(denial.state),
        ...denial,
      })),
    }),
    logs: notes.flatMap((note) => (note.kind === 'log' ? [{ task: taskOf(note.state), file: here(note.file) }] : [])),
  };
}

/** What the tasks that succeeded handed on, for a later run that leaves them out. */
export function handedOn(
  tasks: readonly TaskEnd[],
  { manifest }: Prepared,
  visits: readonly Visit[],
): (TaskEnd & { handed?: Handed })[] {
  return tasks.map((end) => {
    if (end.state !== 'success') return end;
    const states = manifest.tasks.find((task) => task.id === end.task)!.states;
    const visit =
      visits.findLast(({ state }) => state === states[0]) ?? visits.findLast(({ state }) => states.includes(state));
    return {
      ...end,
      handed: {
        ...(visit?.output !== undefined && { output: visit.output }),
        ...(visit?.assigned !== undefined && { assigned: visit.assigned }),
      },
    };
  });
}
