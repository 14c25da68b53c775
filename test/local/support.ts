import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll } from '@jest/globals';
import type { TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import type { Json } from '../../asl/json/value.ts';
import type { AccountOptions, Note } from '../../engines/engine.ts';
import { createEngines, type Engines } from '../../engines/engines.ts';
import { HybridClock } from '../../engines/hybrid-clock.ts';
import { Lake } from '../../engines/lake/lake.ts';
import type { Mount } from '../../engines/lake/mounts.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { type PythonEnvironment, pythonEnvironment } from '../../engines/python/environment.ts';
import { SERVICES } from '../../tasks/services.ts';

export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const temporary: string[] = [];
const open: Engines[] = [];
afterAll(async () => {
  for (const engines of open) await engines.close();
  for (const folder of temporary) await rm(folder, { recursive: true, force: true });
});

/** A folder of its own for a test, with these files in it. */
export async function folderWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dagwright-test-'));
  temporary.push(folder);
  await writeFiles(folder, files);
  return folder;
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** The environment that local runs of this repository use, made if it is not there. */
export function repositoryPython(): Promise<PythonEnvironment> {
  return pythonEnvironment({
    project: REPOSITORY,
    folder: join(REPOSITORY, '.dagwright/python'),
    spark: '3.5.6',
    env: process.env,
    groups: new ProcessGroups(),
    onProgress: () => {},
  });
}

export interface Machine {
  readonly engines: Engines;
  readonly account: AccountOptions;
  readonly notes: Note[];
  /** Calls a Task's resource as the interpreter would. */
  readonly call: (resource: string, args: Json, more?: Partial<TaskCall>) => Promise<TaskReply>;
}

/** An account on a folder of its own, with the bucket `lake`. */
export async function machine(
  options: { root?: string; mounts?: readonly Mount[]; run?: string; env?: NodeJS.ProcessEnv; sample?: string } = {},
): Promise<Machine> {
  const root = options.root ?? (await folderWith());
  const run = options.run ?? 'test-run';
  const folder = join(root, 'runs', run);
  const notes: Note[] = [];
  let seed = [...run].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 2147483647;
  const account: AccountOptions = {
    root,
    lake: await Lake.open(root, ['lake'], options.mounts ?? [], join(folder, 'work/mounts')),
    run: { id: run, folder },
    clock: new HybridClock(),
    // A small generator, so that ids differ from run to run but not from test to test.
    random: () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    },
    env: options.env ?? process.env,
    groups: new ProcessGroups(),
    python: repositoryPython,
    onNote: (note) => notes.push(note),
    ...(options.sample !== undefined && { sample: options.sample }),
  };
  const engines = createEngines(account, SERVICES);
  open.push(engines);
  const call = async (resource: string, args: Json, more: Partial<TaskCall> = {}) =>
    engines({
      state: 'state',
      resource,
      arguments: args,
      attempt: 0,
      context: {},
      signal: new AbortController().signal,
      heartbeat: () => {},
      started: () => {},
      submitted: () => {},
      ...more,
    });
  return { engines, account, notes, call };
}

/** The result of a reply that must be one. */
export function resultOf(reply: TaskReply): Json {
  if ('error' in reply) throw new Error(`${reply.error}: ${reply.cause}`);
  if ('items' in reply) throw new Error('The reply has items to read, no result');
  return reply.result;
}

/** Writes a Parquet file from a query. */
export async function writeParquet(file: string, sql: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

/** Waits until something holds, asking again and again. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 20));
}
