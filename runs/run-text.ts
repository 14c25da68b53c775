import type { Colours } from '../diagnostics/colours.ts';
import { taskTable } from '../report/text-report.ts';
import { behind, duration } from '../report/words.ts';
import type { Run } from './executions.ts';
import type { Followed } from './follow.ts';
import { isoOf } from './logical-dates.ts';

/** How a run went, for a person. */
export function runText(dag: string, run: Followed, colours: Colours): string {
  const { red, green, yellow } = colours;
  const took = run.stopped === undefined ? '' : ` in ${duration(run.stopped - run.started)}`;
  const how = {
    SUCCEEDED: green('succeeded'),
    ABORTED: yellow('was stopped'),
    TIMED_OUT: red('timed out'),
    RUNNING: yellow('is running'),
  };
  const lines = [`${dag} ${run.name} ${how[run.status as keyof typeof how] ?? red('failed')}${took}`];
  const failed = run.tasks.filter(({ state }) => state === 'failed');
  for (const { task, error, cause } of failed) lines.push(`${red('✖')} ${task}: ${error ?? 'failed'}${behind(cause)}`);
  if (failed.length === 0 && run.error !== undefined) lines.push(`${red('✖')} ${run.error}${behind(run.cause)}`);
  const tasks = run.tasks.length === 0 ? '' : `${taskTable(run.tasks, colours)}\n\n`;
  return `${tasks}${lines.join('\n')}\n`;
}

/** The same for a program. */
export function runJson(dag: string, run: Followed) {
  const { tasks, error, cause } = run;
  return {
    ...rowOf(dag, run),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    tasks: tasks.map(({ entered, exited, ...task }) => ({
      ...task,
      ...(entered !== undefined && exited !== undefined && { seconds: (exited - entered) / 1000 }),
    })),
  };
}

/** What a list says of a run. */
export function rowOf(dag: string, { name, arn, status, started, stopped, date, attempt }: Run) {
  return {
    dag,
    execution: name,
    executionArn: arn,
    ...(date !== undefined && { logicalDate: isoOf(date), attempt }),
    status,
    started: new Date(started).toISOString(),
    ...(stopped !== undefined && { stopped: new Date(stopped).toISOString(), seconds: (stopped - started) / 1000 }),
  };
}
