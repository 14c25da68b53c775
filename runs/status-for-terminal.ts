import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Colours, coloursFor } from '../diagnostics/colours.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { plainTable } from '../report/text-report.ts';
import { duration } from '../report/words.ts';
import { type Run, runsOf } from './executions.ts';
import { failedTasks } from './failures.ts';
import { isoOf } from './logical-dates.ts';
import { type Operating, type Operation, operate } from './operation.ts';
import { rowOf } from './run-text.ts';

export interface StatusTerminalOptions extends Omit<Operating, 'dag'> {
  /** Default: all DAGs of dist/. */
  readonly dag?: string;
  /** Of each DAG; default 10 of one, the latest of all. */
  readonly limit?: number;
  readonly json: boolean;
}

interface Row {
  readonly dag: string;
  readonly run?: Run;
  readonly failed: readonly string[];
  readonly note?: string;
}

/** Lists runs, the latest first: with whoever failed in them. */
export async function statusForTerminal({ dag, limit, json, ...rest }: StatusTerminalOptions): Promise<0> {
  const one = dag !== undefined;
  const dags = one ? [dag] : await dagsIn(rest.dist);
  const rows: Row[] = [];
  for (const each of dags) {
    try {
      rows.push(...(await operate({ ...rest, dag: each }, (operation) => rowsOf(operation, limit ?? (one ? 10 : 1)))));
    } catch (error) {
      // Among others a DAG that is not deployed is nothing to stop at.
      if (one || !(error instanceof Stop) || error.diagnostics[0]?.code !== 'OPS001') throw error;
      rows.push({ dag: each, failed: [], note: 'not deployed' });
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(rows.map(jsonOf), null, 2)}\n`);
  else process.stdout.write(`${table(rows, Date.now(), coloursFor(process.stdout))}\n`);
  return 0;
}

async function rowsOf(operation: Operation, limit: number): Promise<Row[]> {
  const { dag } = operation.manifest;
  const runs: Run[] = [];
  for await (const run of runsOf(operation, { pageSize: Math.min(limit, 1000) })) if (runs.push(run) === limit) break;
  if (runs.length === 0) return [{ dag, failed: [], note: 'has not run' }];
  const rows: Row[] = [];
  for (const run of runs) rows.push({ dag, run, failed: await failedTasks(operation, run) });
  return rows;
}

async function dagsIn(dist: string): Promise<string[]> {
  const names = (await readdir(dist).catch(() => [])).sort();
  const dags: string[] = [];
  for (const name of names) if (await stat(join(dist, name, 'manifest.json')).catch(() => undefined)) dags.push(name);
  if (dags.length === 0) throw new Stop(diagnose('CLI002', { dag: '*', dist, known: [] }));
  return dags;
}

function jsonOf({ dag, run, failed, note }: Row) {
  return run === undefined ? { dag, note } : { ...rowOf(dag, run), ...(failed.length > 0 && { failedTasks: failed }) };
}

function table(rows: readonly Row[], now: number, colours: Colours): string {
  const { red, green, yellow, cyan, dim } = colours;
  const colour = {
    SUCCEEDED: green,
    FAILED: red,
    TIMED_OUT: red,
    ABORTED: yellow,
    RUNNING: cyan,
    PENDING_REDRIVE: yellow,
  };
  const text = plainTable(
    ['dag', 'logical date', 'attempt', 'state', 'started', 'duration', 'failed', 'execution'],
    ['left', 'left', 'right', 'left', 'left', 'right', 'left', 'left'],
    colours,
  );
  for (const { dag, run, failed, note } of rows) {
    if (run === undefined) {
      text.push([dag, '', '', dim(note ?? ''), '', '', '', '']);
      continue;
    }
    const { name, status, started, stopped = now, date, attempt } = run;
    text.push([
      dag,
      date === undefined ? '' : isoOf(date),
      attempt === undefined ? '' : String(attempt),
      colour[status](status.toLowerCase().replace('_', ' ')),
      isoOf(started),
      duration(stopped - started),
      failed.join(', '),
      name,
    ]);
  }
  return text.toString();
}
