import { coloursFor } from '../diagnostics/colours.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { describeRun, findRun, runOf } from './executions.ts';
import { endedTasks } from './follow.ts';
import { historyOf } from './history.ts';
import { HistoryLines } from './history-lines.ts';
import { type Operating, operate } from './operation.ts';
import { rowOf } from './run-text.ts';
import { untilSignal } from './until-signal.ts';
import { type Written, writtenOf } from './written.ts';

export interface LogsTerminalOptions extends Operating {
  /** A name, or `latest`, which is the default. */
  readonly execution?: string;
  readonly task?: string;
  readonly follow: boolean;
  readonly json: boolean;
}

/** Tells a run's history in the words of tasks, and shows what the services wrote: of the tasks that failed, or of the one that is named. */
export async function logsForTerminal(options: LogsTerminalOptions): Promise<0> {
  const { dag, task, follow, json } = options;
  return operate(options, async (operation) => {
    const { manifest, clients } = operation;
    const known = manifest.tasks.map(({ id }) => id);
    if (task !== undefined && !known.includes(task)) throw new Stop(diagnose('OPS014', { dag, task, known }));
    const run = await findRun(operation, options.execution);

    // 1. What happened.
    const history = new HistoryLines(manifest, task);
    const lines: string[] = [];
    const { bold, dim } = coloursFor(process.stdout);
    if (!json) process.stdout.write(`${bold(`${dag} ${run.name}`)} ${dim(run.arn)}\n`);
    await untilSignal(async (signal) => {
      for await (const events of historyOf(operation, run.arn, { follow, signal }))
        for (const line of events.flatMap((event) => history.add(event))) {
          lines.push(line);
          if (!json) process.stdout.write(`${line}\n`);
        }
    });

    // 2. What the services wrote of it.
    const now = runOf((await describeRun(operation, run.name))!);
    const visits = history.tracker.visits.all;
    const failed = endedTasks(operation, now, history.tracker).filter(({ state }) => state === 'failed');
    const wanted = task === undefined ? failed.map((end) => end.task) : [task];
    const written: { task: string; written: Written[] }[] = [];
    for (const one of manifest.tasks.filter(({ id }) => wanted.includes(id))) {
      const found = await writtenOf(one, visits, clients);
      if (found.length > 0) written.push({ task: one.id, written: found });
      if (json) continue;
      for (const { title, lines: text, hint } of found) {
        process.stdout.write(`\n${bold(`${one.id}: ${title}`)}\n`);
        for (const line of text) process.stdout.write(`  ${dim('│')} ${line}\n`);
        if (hint !== undefined) process.stdout.write(`  ${hint}\n`);
      }
    }
    if (json) process.stdout.write(`${JSON.stringify({ ...rowOf(dag, now), lines, written }, null, 2)}\n`);
    return 0 as const;
  });
}
