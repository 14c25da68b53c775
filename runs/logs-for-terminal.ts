export type { Written } from '../tasks/services.ts';

import { detailsOf } from '../asl/history/events.ts';
import type { Visit } from '../asl/history/visit.ts';
import type { JsonObject } from '../asl/json/value.ts';
import type { Clients } from '../aws/clients.ts';
import { awsDiagnostic } from '../aws/errors.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { ManifestTask } from '../manifest/manifest.ts';
import { type Call, logReader, type Written } from '../tasks/services.ts';
import { describeShown, findRun, runOf } from './executions.ts';
import { endedTasks } from './follow.ts';
import { HistoryLines, historyOf } from './history.ts';
import { type Operating, operate } from './operation.ts';
import { rowOf } from './run-text.ts';
import { untilSignal } from './terminal.ts';

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
    const now = runOf(await describeShown(operation, run.name));
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

/** What the services wrote of a task: of its failed calls, or of all where none failed. A service that cannot be asked stops nobody. */
export async function writtenOf(task: ManifestTask, visits: readonly Visit[], clients: Clients): Promise<Written[]> {
  const all = visits.flatMap(callsOf);
  const own = visits.filter(({ state }) => task.states.includes(state)).flatMap(callsOf);
  const readers = await Promise.all(own.map(async (call) => ({ call, read: await logReader(call.action) })));
  const known = readers.filter(({ read }) => read !== undefined);
  const failed = known.filter(({ call }) => call.failed);
  const written: Written[] = [];
  for (const { call, read } of failed.length > 0 ? failed : known) {
    try {
      written.push(...(await read!(call, clients, all)));
    } catch (error) {
      const said = refusalOf(error);
      if (said === undefined) throw error;
      written.push({ title: call.action, lines: [], hint: said });
    }
  }
  return written;
}

/** What AWS refused, or the package that is not installed. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof Stop)
    return error.diagnostics.map(({ message, remedy }: Diagnostic) => `${message} ${remedy}`).join(' ');
  return awsDiagnostic(error)?.message;
}

/** The calls of a stay in a state, one for each attempt. */
function callsOf(visit: Visit): Call[] {
  const calls: { action: string; parameters: JsonObject; said: string; failed: boolean }[] = [];
  for (const event of visit.events) {
    const details = detailsOf(event);
    if (event.type === 'TaskScheduled') {
      const action = `${details.resourceType}:${String(details.resource).replace(/\.(sync(:2)?|waitForTaskToken)$/, '')}`;
      calls.push({ action, parameters: parse(details.parameters), said: '', failed: false });
      continue;
    }
    const call = calls.at(-1);
    if (call === undefined || event.type.endsWith('StateExited')) continue;
    for (const text of [details.output, details.cause]) if (typeof text === 'string') call.said += `${text}\n`;
    call.failed ||= /(Failed|TimedOut)$/.test(event.type);
  }
  return calls;
}

function parse(text: unknown): JsonObject {
  try {
    return JSON.parse(String(text)) as JsonObject;
  } catch {
    return {};
  }
}
