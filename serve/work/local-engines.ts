import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import type { Json } from '../../asl/json/value.ts';
import { Stop } from '../../diagnostics/index.ts';
import { type AccountOptions, causeOf, type Note } from '../../engines/engine.ts';
import { createEngines, type Engines } from '../../engines/engines.ts';
import { HybridClock } from '../../engines/hybrid-clock.ts';
import type { Access } from '../../engines/iam/index.ts';
import { isBucketName, Lake } from '../../engines/lake/lake.ts';
import type { Lineage } from '../../engines/lineage/lineage.ts';
import type { ProcessGroups } from '../../engines/process/process-groups.ts';
import { type PythonEnvironment, pythonEnvironment } from '../../engines/python/environment.ts';
import { S3Server } from '../../engines/s3/server.ts';
import { readSample } from '../../local/config.ts';
import { newRunId, pruneRuns, RunFolder } from '../../local/record.ts';
import { lockLake } from '../../project/lock.ts';
import { type NamedRelease, releaseOf, SERVICES, sparkVersion } from '../../tasks/services.ts';
import type { ProjectCode } from './project-code.ts';

interface LocalEnginesOptions {
  readonly project: string;
  /** The code of the project's DAGs. */
  readonly code: ProjectCode;
  readonly env: NodeJS.ProcessEnv;
  readonly random: () => number;
  readonly groups: ProcessGroups;
  readonly signal: AbortSignal;
  readonly onStatus: (text: string) => void;
  /** Decides what services do for whoever called them. */
  readonly access?: Access;
}

interface Open {
  readonly engines: Engines;
  readonly lake: Lake;
  /** The address of the S3 over the lake's folders, for code. */
  readonly s3: () => Promise<string>;
  close(): Promise<void>;
}

/**
 * This machine's engines for the tasks of all executions: one account, with clusters, catalog and query results that outlive an
 * execution, as they do on AWS. Opened when a task first asks; from then on the lake is the endpoint's, as it would be a run's, until
 * the endpoint ends. While another run has it, a task fails and says so, and may try again.
 */
export class LocalEngines {
  readonly #options: LocalEnginesOptions;
  readonly #releases = new Map<string, NamedRelease>();
  /** Of the calls whose lineage is asked for. */
  readonly #lineages = new WeakMap<TaskCall, Lineage>();
  #open: Promise<Open> | undefined;

  constructor(options: LocalEnginesOptions) {
    this.#options = options;
  }

  /** @param lineage of the execution that the call is of, where that is asked for */
  async run(call: TaskCall, lineage: Lineage | undefined): Promise<TaskReply> {
    if (lineage !== undefined) this.#lineages.set(call, lineage);
    try {
      const named = releaseOf(call);
      if (named !== undefined) {
        // What is refused concerns this call alone.
        sparkVersion([...this.#releases.values(), named]);
        this.#releases.set(named.release, named);
      }
      const { engines, lake, s3 } = await this.#opened();
      for (const bucket of bucketsIn(call.arguments)) await lake.addBucket(bucket);
      await this.#options.code.lay(call, s3);
      return await engines(call);
    } catch (error) {
      if (error instanceof Stop) return { error: 'States.TaskFailed', cause: error.diagnostics.map(causeOf).join(' ') };
      throw error;
    }
  }

  async close(): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    await open?.close();
  }

  #opened(): Promise<Open> {
    const opened = this.#open ?? open(this.#options, this.#releases, (call) => this.#lineages.get(call));
    this.#open = opened;
    opened.catch(() => {
      if (this.#open === opened) this.#open = undefined;
    });
    return opened;
  }
}

async function open(
  options: LocalEnginesOptions,
  releases: ReadonlyMap<string, NamedRelease>,
  lineage: NonNullable<AccountOptions['lineage']>,
): Promise<Open> {
  const { project, env, random, groups, code } = options;
  const root = join(project, '.dagwright/local');
  const sample = await readSample(project);
  const began = Date.now();
  const run = await newRunId(root, 'serve', began);
  const { unlock, dead } = await lockLake(root, { dag: 'serve', run, since: new Date(began).toISOString() });
  try {
    if (dead !== undefined) await new RunFolder(root, dead).abandon();
    const folder = new RunFolder(root, run);
    const buckets = await readdir(join(root, 's3')).catch(() => [] as string[]);
    const lake = await Lake.open(root, buckets, [], join(folder.path, 'work/mounts'));
    let server: Promise<S3Server> | undefined;
    const s3 = async () => {
      server ??= S3Server.start(lake, join(folder.path, 'work/s3'), { isOpen: true });
      return (await server).url;
    };
    const engines = createEngines(
      {
        root,
        lake,
        run: { id: run, folder: folder.path },
        clock: new HybridClock(),
        random,
        env,
        groups,
        python: pythons(options, releases),
        functions: code.functions,
        jobCode: code.jobs,
        ...(sample !== undefined && { sample }),
        ...(options.access && { access: options.access }),
        lineage,
        onNote: (note) => tellFailure(note, options),
      },
      SERVICES,
    );
    const close = async () => {
      await engines.close();
      await (await server)?.close();
      await folder.tidy();
      await pruneRuns(root);
      await unlock();
    };
    return { engines, lake, s3, close };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** What failed, and where all stands that it said. */
function tellFailure(note: Note, { project, onStatus }: LocalEnginesOptions): void {
  if (note.kind !== 'failure') return;
  const log = note.log === undefined ? '' : `; its log is ${relative(project, note.log)}`;
  onStatus(`${note.state}: ${note.title}${log}`);
}

/** The environment of jobs; made anew when a cluster's release asks for a Spark that is not there yet. */
function pythons(options: LocalEnginesOptions, releases: ReadonlyMap<string, NamedRelease>): AccountOptions['python'] {
  const { project, env, groups, signal, onStatus } = options;
  const made = new Map<string | undefined, Promise<PythonEnvironment>>();
  let asked: string | undefined;
  return async (wanted) => {
    asked ??= wanted;
    const spark = sparkVersion([...releases.values()]) ?? asked;
    const folder = join(project, '.dagwright/python');
    const there =
      made.get(spark) ?? pythonEnvironment({ project, folder, spark, env, groups, signal, onProgress: onStatus });
    made.clear();
    made.set(spark, there);
    there.catch(() => made.delete(spark));
    return there;
  };
}

const URI = /\bs3[an]?:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?=\/|$|["'\s])/g;

/** The buckets that a task's arguments name, in S3 URIs or as the `Bucket` of a call. */
function bucketsIn(value: Json): Set<string> {
  const found = new Set<string>();
  const left: (readonly [key: string, value: Json])[] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [key, inner] = next;
    if (typeof inner === 'string') {
      if (key === 'Bucket' && isBucketName(inner)) found.add(inner);
      for (const [, bucket] of inner.matchAll(URI)) found.add(bucket as string);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const entry of Object.entries(inner)) left.push([entry[0], entry[1] as Json]);
    }
  }
  return found;
}
