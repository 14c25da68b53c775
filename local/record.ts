import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEvent } from '../asl/interpret/options.ts';
import { writeJson } from '../project/files.ts';
import type { TaskEnd } from '../report/end-states.ts';

/** What a task handed on when it succeeded, as JSON texts: what a later, partial run takes in its place. */
export interface Handed {
  readonly output?: string;
  readonly assigned?: Readonly<Record<string, string>>;
}

/** `.dagwright/local/runs/<run>/run.json`. */
export interface RunRecord {
  readonly run: string;
  readonly dag: string;
  readonly state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly pid: number;
  readonly startedAt: string;
  readonly stoppedAt?: string;
  readonly input: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly tasks?: readonly (TaskEnd & { readonly handed?: Handed })[];
}

/** So many runs are kept on a lake. */
const KEPT = 20;

/** A run's folder: its record, its history, its picture and its logs. */
export class RunFolder {
  readonly path: string;

  constructor(root: string, run: string) {
    this.path = join(root, 'runs', run);
  }

  /** What the run looked like: its graph, its timeline, what every state took and gave. */
  get picture(): string {
    return join(this.path, 'report.html');
  }

  write(record: RunRecord): Promise<void> {
    return writeJson(join(this.path, 'run.json'), record);
  }

  writeHistory(events: readonly HistoryEvent[]): Promise<void> {
    return writeJson(join(this.path, 'history.json'), events);
  }

  /** The process that this run was in is gone without a word: its record must not say for ever that it is under way. */
  async abandon(): Promise<void> {
    const text = await readFile(join(this.path, 'run.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) await this.write({ ...(JSON.parse(text) as RunRecord), state: 'ABORTED' });
    await this.tidy();
  }

  /** Removes what only the run itself needed: scratch files, views of mounted folders. */
  async tidy(): Promise<void> {
    await rm(join(this.path, 'work'), { recursive: true, force: true });
  }
}

/** A name for a run: its DAG and its beginning to the second; the number tells apart runs of one second. */
export async function newRunId(root: string, dag: string, now: number): Promise<string> {
  const taken = await readdir(join(root, 'runs')).catch(() => [] as string[]);
  const base = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}-${dag}`;
  for (let i = 1; ; i++) {
    const run = i === 1 ? base : `${base}-${i}`;
    if (!taken.includes(run)) return run;
  }
}

/** The records of the runs of a DAG on a lake, the newest first. */
export async function recordsOf(root: string, dag: string): Promise<RunRecord[]> {
  const runs = await readdir(join(root, 'runs')).catch(() => [] as string[]);
  const records: RunRecord[] = [];
  for (const run of runs.sort().reverse()) {
    const text = await readFile(join(root, 'runs', run, 'run.json'), 'utf8').catch(() => undefined);
    const record = text === undefined ? undefined : (JSON.parse(text) as RunRecord);
    if (record?.dag === dag) records.push(record);
  }
  return records;
}

/** Removes the oldest runs; called by the owner of the lake, so none of them is under way. */
export async function pruneRuns(root: string): Promise<void> {
  const runs = (await readdir(join(root, 'runs')).catch(() => [] as string[])).sort();
  for (const run of runs.slice(0, -KEPT)) await rm(join(root, 'runs', run), { recursive: true, force: true });
}
