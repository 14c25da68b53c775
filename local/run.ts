import { join, resolve } from 'node:path';
import { fillText, placeholder } from '../asl/placeholders/index.ts';
import type { GuardOptions } from '../engines/iam/index.ts';
import { ASSETS_BUCKET, layAssets } from '../engines/lake/assets.ts';
import { Lake } from '../engines/lake/lake.ts';
import type { ProcessGroups } from '../engines/process/process-groups.ts';
import { pythonEnvironment } from '../engines/python/environment.ts';
import { S3Server } from '../engines/s3/server.ts';
import { lockLake } from '../project/lock.ts';
import type { Progress } from '../report/progress/progress.ts';
import type { RunReport } from '../report/report.ts';
import { execute } from './execute.ts';
import { localFunctions, localJobCode } from './functions.ts';
import { RunLineage } from './lineage.ts';
import { handedOn, makeReport } from './make-report.ts';
import { prepare } from './prepare.ts';
import { newRunId, pruneRuns, RunFolder, type RunRecord, recordsOf } from './record.ts';
import { leaveOut, type Selection } from './select.ts';

/**
 * Runs a compiled DAG on this machine. It reads dist/ and never the DAG:
 *
 *     dist/<dag> ─▶ prepare: placeholders, input, mounts ─▶ lock the lake ─▶ Python, Spark, Java
 *                ─▶ execute: interpret over the engines ─▶ report: end states, answers, files ─▶ record, picture
 *
 * Where its lineage is asked for, OpenLineage's events are sent while it goes on.
 *
 * @throws Stop for whatever keeps the run from starting.
 */
export async function runLocally(options: RunOptions): Promise<RunReport> {
  const { project, env, progress, groups, signal, random = Math.random } = options;
  const root = join(project, '.dagwright/local');

  // 1. What is to run, and with which values.
  const prepared = await prepare(options);
  const { manifest, leftOut, config } = prepared;

  // 2. The lake is this run's.
  const began = Date.now();
  const startedAt = new Date(began).toISOString();
  const run = await newRunId(root, manifest.dag, began);
  const { unlock, dead } = await lockLake(root, { dag: manifest.dag, run, since: startedAt });
  const folder = new RunFolder(root, run);
  let record: RunRecord | undefined;
  let lineage: RunLineage | undefined;
  let s3: S3Server | undefined;
  try {
    if (dead !== undefined) await new RunFolder(root, dead).abandon();
    const machine = leaveOut(prepared.machine, manifest, leftOut, await recordsOf(root, manifest.dag));

    // 3. What its tasks need: made before the first of them starts.
    const onProgress = (text: string) => progress.status(text);
    const folderOfPython = join(project, '.dagwright/python');
    const make = (spark: string | undefined) =>
      pythonEnvironment({ project, folder: folderOfPython, spark, env, groups, signal, onProgress });
    let made = prepared.needsPython ? await make(prepared.spark) : undefined;
    const python = async (spark?: string) => {
      if (made === undefined) throw new Error('a task needs Python, which the machine did not show');
      if (spark !== undefined && made.sparkHome === undefined) made = await make(spark);
      return made;
    };
    await layAssets(prepared.assets, join(root, 's3', ASSETS_BUCKET));
    const lake = await Lake.open(
      root,
      [...prepared.buckets, ASSETS_BUCKET],
      prepared.mounts,
      join(folder.path, 'work/mounts'),
    );
    const reachesLake = prepared.functions.length > 0 && env.AWS_ENDPOINT_URL_S3 === undefined;
    if (reachesLake || prepared.jobs.length > 0) s3 = await S3Server.start(lake, join(folder.path, 'work/s3'));
    const fill = (text: string) => fillText(text, prepared.values);
    const laying = { project, env, s3: s3?.url, groups, signal, fill, onProgress };
    const functions = await localFunctions(prepared.functions, laying);
    const jobCode = await localJobCode(prepared.jobs, fill(placeholder('assets')), laying);

    // 4. The machine, on this machine's engines.
    record = { run, dag: manifest.dag, state: 'RUNNING', pid: process.pid, startedAt, input: prepared.input };
    await folder.write(record);
    if (prepared.lineage !== undefined)
      lineage = new RunLineage({
        target: prepared.lineage,
        manifest,
        leftOut,
        nominal: prepared.input.logical_date,
        project,
        file: join(folder.path, 'lineage.jsonl'),
      });
    const sample = config.sample === undefined ? {} : { sample: config.sample };
    const executed = await execute(machine, prepared, {
      root,
      lake,
      run: { id: run, folder: folder.path },
      random,
      env,
      groups,
      python,
      functions,
      jobCode,
      ...sample,
      ...(lineage && { lineage }),
      progress,
      signal,
    });

    // 5. How it went.
    const ended = Date.now();
    const report = await makeReport(prepared, executed, {
      run,
      project,
      folder: folder.path,
      picture: folder.picture,
      lake: lake.folder,
      began,
      ended,
    });
    const sent = await lineage?.end(ended, report);
    const { status: state, error, cause } = report;
    record = {
      ...record,
      state,
      stoppedAt: new Date(ended).toISOString(),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      tasks: handedOn(report.tasks, prepared, executed.visits),
    };
    await folder.writeHistory(executed.events);

    // 6. The same, to be looked at.
    const { writePicture } = await import('../report/picture/picture-for-terminal.ts');
    const about = {
      title: manifest.dag,
      subtitle: `${run} on this machine; a Wait counts with the time that it takes on AWS`,
    };
    for (const file of [folder.picture, ...(options.html === undefined ? [] : [resolve(project, options.html)])])
      await writePicture(file, machine, executed.events, about);
    return sent === undefined ? report : { ...report, lineage: sent };
  } finally {
    progress.end();
    await s3?.close();
    await lineage?.end(Date.now(), { status: signal.aborted ? 'ABORTED' : 'FAILED' });
    if (record?.state === 'RUNNING') record = { ...record, state: signal.aborted ? 'ABORTED' : 'FAILED' };
    if (record !== undefined) await folder.write(record);
    await folder.tidy();
    await pruneRuns(root);
    await unlock();
  }
}

export interface RunOptions extends Selection {
  readonly dag: string;
  /** The folder of the project: `dagwright.yaml`, `requirements.txt`, the assets, `.dagwright/`. */
  readonly project: string;
  readonly dist: string;
  /** A file with `{"params": …, "logical_date": …}`. */
  readonly input?: string;
  /** Each `s3://bucket/prefix=DIR`. */
  readonly mounts: readonly string[];
  /** Where another copy of the run's picture goes, from the project's folder. */
  readonly html?: string;
  /** Each call is held against `policy.json`, as IAM would. */
  readonly enforcePolicy?: boolean;
  /** Where the run's lineage goes: a file or an address. */
  readonly lineage?: string;
  /** Told of each request that was decided then. */
  readonly onDecision?: GuardOptions['onDecision'];
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly groups: ProcessGroups;
  /** Aborting it ends the run as ABORTED, with everything that it started. */
  readonly signal: AbortSignal;
  readonly random?: () => number;
}
