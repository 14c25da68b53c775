import { join, relative } from 'node:path';
import { interpret } from '../asl/interpret/interpret.ts';
import type { HistoryEvent } from '../asl/interpret/options.ts';
import type { StateMachine } from '../asl/types.ts';
import type { Manifest } from '../compiler/6-files/manifest.ts';
import { readCompiled } from './compiled.ts';
import { envValues, readConfig } from './config.ts';
import type { Note } from './engines/engine.ts';
import { createEngines } from './engines/engines.ts';
import { layAssets, readAssets } from './engines/s3/assets.ts';
import { Lake } from './engines/s3/lake.ts';
import { HybridClock } from './hybrid-clock.ts';
import { executionInput } from './input.ts';
import { lockLake } from './lock.ts';
import { parseMounts } from './mounts.ts';
import { ASSETS_BUCKET, fillPlaceholders } from './placeholders.ts';
import type { ProcessGroups } from './process/process-groups.ts';
import type { Progress } from './progress/progress.ts';
import { Tracker } from './progress/tracker.ts';
import { sparkVersion } from './python/emr-releases.ts';
import { type PythonEnvironment, pythonEnvironment } from './python/environment.ts';
import { newRunId, pruneRuns, RunFolder, type RunRecord, recordsOf } from './record.ts';
import { readAnswers } from './report/answers.ts';
import { endStates } from './report/end-states.ts';
import type { RunReport } from './report/report.ts';
import { writtenFiles } from './report/written-files.ts';
import { leaveOut, type Selection, tasksLeftOut } from './select.ts';
import { walkStates } from './walk-states.ts';

export interface RunOptions extends Selection {
  readonly dag: string;
  /** The folder of the project: `dagwright.yaml`, `requirements.txt`, the assets, `.dagwright/`. */
  readonly project: string;
  readonly dist: string;
  /** A file with `{"params": …, "logical_date": …}`. */
  readonly input?: string;
  /** Each `s3://bucket/prefix=DIR`. */
  readonly mounts: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly groups: ProcessGroups;
  /** Aborting it ends the run as ABORTED, with everything that it started. */
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

/**
 * Runs a compiled DAG on this machine. It reads dist/ and never the DAG:
 *
 *     dist/<dag>  ─▶ fill placeholders ─▶ lock the lake ─▶ Python, Spark, Java ─▶ lay assets, mounts
 *                 ─▶ interpret over the engines ─▶ end states ─▶ record, answers, files
 *
 * @throws Stop for whatever keeps the run from starting.
 */
export async function runLocally(options: RunOptions): Promise<RunReport> {
  const { project, env, progress, groups, signal, random = Math.random } = options;

  // 1. What is to run, and with which values.
  const { machine: compiled, manifest, all } = await readCompiled(options.dist, options.dag);
  const config = await readConfig(project, all);
  const values = envValues(manifest, config);
  const input = await executionInput(manifest, config, options.input);
  const buckets = bucketsOf(manifest, values);
  const mounts = await parseMounts(options.mounts, buckets, project);
  const leftOut = tasksLeftOut(manifest, options);
  const filled = fillPlaceholders(compiled, { ...values, assets: `s3://${ASSETS_BUCKET}` });
  const spark = sparkVersion(releasesOf(filled));
  const assets = await readAssets(manifest.assets, project);

  // 2. The lake is this run's.
  const root = join(project, '.dagwright/local');
  const clock = new HybridClock();
  const began = Date.now();
  const run = await newRunId(root, manifest.dag, began);
  const { unlock, dead } = await lockLake(root, { dag: manifest.dag, run, since: new Date(began).toISOString() });
  const folder = new RunFolder(root, run);
  let record: RunRecord = {
    run,
    dag: manifest.dag,
    state: 'RUNNING',
    pid: process.pid,
    startedAt: new Date(began).toISOString(),
    input,
  };
  try {
    if (dead !== undefined) await new RunFolder(root, dead).abandon();
    const machine =
      leftOut.size === 0
        ? filled
        : leaveOut(filled, manifest, leftOut, await recordsOf(root, manifest.dag), options.from ?? options.only![0]!);
    await folder.write(record);

    // 3. What its tasks need.
    let python: Promise<PythonEnvironment> | undefined;
    const environment = () => {
      python ??= pythonEnvironment({
        project,
        folder: join(project, '.dagwright/python'),
        spark,
        env,
        groups,
        signal,
        onProgress: (text) => progress.status(text),
      });
      return python;
    };
    if (needsPython(filled)) await environment();
    await layAssets(assets, join(root, 's3', ASSETS_BUCKET));
    const lake = await Lake.open(root, [...buckets, ASSETS_BUCKET], mounts, join(folder.path, 'work/mounts'));

    // 4. The machine, on this machine's engines.
    const notes: Note[] = [];
    const events: HistoryEvent[] = [];
    const tracker = new Tracker(manifest, machine, leftOut);
    const onNote = (note: Note) => {
      notes.push(note);
      progress.note(note);
    };
    const engines = createEngines({
      root,
      lake,
      run: { id: run, folder: folder.path },
      clock,
      random,
      env,
      groups,
      python: environment,
      ...(config.sample !== undefined && { sample: config.sample }),
      onNote,
    });
    const onEvent = (event: HistoryEvent) => {
      events.push(event);
      const change = tracker.add(event, Date.now());
      if (change !== undefined) progress.change(change, () => tracker.tasks());
    };
    progress.begin(`${manifest.dag} (${run})`);
    const execution = await interpret(machine, {
      input: { ...input },
      clock,
      random,
      tasks: engines,
      name: run,
      signal,
      onEvent,
    }).finally(() => engines.close());
    progress.end();

    // 5. How it went.
    const ended = Date.now();
    const visits = tracker.visits.all;
    const tasks = endStates({ manifest, machine, visits, status: execution.status, stoppedAt: ended, leftOut });
    const failure = {
      ...(execution.error !== undefined && { error: execution.error }),
      ...(execution.cause !== undefined && { cause: execution.cause }),
    };
    const handed = (id: string) => {
      const states = manifest.tasks.find((task) => task.id === id)!.states;
      const visit =
        visits.findLast(({ state }) => state === states[0]) ?? visits.findLast(({ state }) => states.includes(state));
      return {
        ...(visit?.output !== undefined && { output: visit.output }),
        ...(visit?.assigned !== undefined && { assigned: visit.assigned }),
      };
    };
    record = {
      ...record,
      state: execution.status,
      stoppedAt: new Date(ended).toISOString(),
      ...failure,
      tasks: tasks.map((end) => (end.state === 'success' ? { ...end, handed: handed(end.task) } : end)),
    };
    await folder.writeHistory(events);
    const here = (path: string) => relative(project, path);
    const taskOf = (state: string) => manifest.tasks.find(({ states }) => states.includes(state))?.id ?? state;
    return {
      run,
      dag: manifest.dag,
      status: execution.status,
      ...failure,
      milliseconds: ended - began,
      tasks,
      answers: (await readAnswers(manifest, notes)).map((answer) => ({ ...answer, file: here(answer.file) })),
      files: await writtenFiles(
        buckets.map((bucket) => join(lake.folder, bucket)),
        began,
        project,
      ),
      folder: here(folder.path),
      logs: notes.flatMap((note) => (note.kind === 'log' ? [{ task: taskOf(note.state), file: here(note.file) }] : [])),
    };
  } finally {
    progress.end();
    if (record.state === 'RUNNING')
      record = { ...record, state: signal.aborted ? 'ABORTED' : 'FAILED', stoppedAt: new Date().toISOString() };
    await folder.write(record);
    await folder.tidy();
    await pruneRuns(root);
    await unlock();
  }
}

function bucketsOf(manifest: Manifest, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(manifest.env).flatMap(([name, { kind }]) => (kind === 'bucket' ? [values[name]!] : []));
}

/** The EMR releases that the machine's clusters name. */
function releasesOf(machine: StateMachine): string[] {
  const releases = new Set<string>();
  for (const [, state] of walkStates(machine)) {
    if (
      state.Type !== 'Task' ||
      !/:(elasticmapreduce:createCluster(\.sync)?|aws-sdk:emr:runJobFlow)$/.test(state.Resource)
    )
      continue;
    const release = (state.Arguments as { ReleaseLabel?: unknown } | undefined)?.ReleaseLabel;
    if (typeof release === 'string') releases.add(release);
  }
  return [...releases].sort();
}

/** Steps, queries and Glue's jobs run in the Python environment or are translated in it. */
function needsPython(machine: StateMachine): boolean {
  return [...walkStates(machine)].some(
    ([, state]) => state.Type === 'Task' && /:(elasticmapreduce|emr|athena|glue):/.test(state.Resource),
  );
}
