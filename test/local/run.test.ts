import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createColors } from 'picocolors';
import { Stop } from '../../diagnostics/index.ts';
import type { Note } from '../../engines/engine.ts';
import type { RunOptions } from '../../local/run.ts';
import { runLocally } from '../../local/run.ts';
import { processStart } from '../../project/lock.ts';
import { PlainProgress } from '../../report/progress/plain-progress.ts';
import { jsonReport, type RunReport } from '../../report/report.ts';
import { textReport } from '../../report/text-report.ts';
import { MANIFEST, runOptions, smallProject } from './pipeline.ts';
import { folderWith, repositoryPython, until, writeFiles } from './support.ts';

beforeAll(async () => {
  await repositoryPython();
}, 300_000);

interface Ran {
  readonly report: RunReport;
  readonly progress: string;
  readonly notes: readonly Note[];
}

async function run(
  project: string,
  more: Partial<RunOptions> = {},
  onProgress: (text: string) => void = () => {},
): Promise<Ran> {
  let progress = '';
  const plain = new PlainProgress((text) => {
    progress += text;
    onProgress(text);
  });
  const report = await runLocally({ ...runOptions(project), progress: plain, ...more });
  return { report, progress, notes: [] };
}
const statesOf = ({ report }: Ran) => Object.fromEntries(report.tasks.map(({ task, state }) => [task, state]));
const recordOf = async (project: string, { report }: Ran) =>
  JSON.parse(await readFile(join(project, report.folder, 'run.json'), 'utf8')) as {
    state: string;
    tasks: { task: string; state: string }[];
  };
const inLake = (project: string, path: string) => readFile(join(project, '.dagwright/local/s3/my-lake', path), 'utf8');

describe('a run', () => {
  test('from dist/ to the report', async () => {
    const project = await smallProject();
    const ran = await run(project);
    expect(ran.report).toMatchObject({ dag: 'small', status: 'SUCCEEDED' });
    expect(statesOf(ran)).toEqual({
      cluster: 'success',
      job: 'success',
      after_job: 'success',
      query: 'success',
      terminate_cluster: 'success',
    });
    expect(await inLake(project, 'made.txt')).toBe('work');
    expect(await inLake(project, 'after.txt')).toBe('"SUCCEEDED"');
    expect(ran.report.answers).toMatchObject([
      { task: 'query', question: 'How many rows are there?', columns: ['n'], rows: [['2']] },
    ]);
    const answer = await readdir(join(project, '.dagwright/local/s3/my-lake/answers/query'));
    expect(ran.report.files.map(({ path }) => path)).toEqual(
      ['after.txt', `answers/query/${answer[0]}`, 'made.txt']
        .map((path) => `.dagwright/local/s3/my-lake/${path}`)
        .sort(),
    );
    expect(ran.progress).toMatch(/query started/);
    expect(ran.progress).toMatch(/job success in/);

    const record = await recordOf(project, ran);
    expect(record.state).toBe('SUCCEEDED');
    expect(record.tasks.map(({ task }) => task)).toEqual(MANIFEST.tasks.map(({ id }) => id));
    expect((await readdir(join(project, ran.report.folder))).sort()).toEqual([
      'history.json',
      'logs',
      'report.html',
      'run.json',
    ]);
    expect(await readFile(join(project, ran.report.picture), 'utf8')).toContain('<span class="title">small</span>');
    const events = JSON.parse(await readFile(join(project, ran.report.folder, 'history.json'), 'utf8')) as {
      type: string;
    }[];
    expect(events.at(-1)!.type).toBe('ExecutionSucceeded');

    // The lake is free again, and the catalog knows the job: the next run takes it as it is.
    const again = await run(project, { random: () => 0.5 });
    expect(again.report.status).toBe('SUCCEEDED');
    expect(await readdir(join(project, '.dagwright/local/s3/my-lake/answers/query'))).toHaveLength(1);
  });

  test('with a failing task: what does not depend on it goes on, the cluster is terminated, the failure is named', async () => {
    const project = await smallProject();
    await writeFiles(project, { 'input.json': '{"params": {"mode": "fail"}}' });
    const ran = await run(project, { input: join(project, 'input.json') });
    expect(ran.report).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(statesOf(ran)).toEqual({
      cluster: 'success',
      job: 'failed',
      after_job: 'upstream_failed',
      query: 'success',
      terminate_cluster: 'success',
    });
    const failed = ran.report.tasks.find(({ task }) => task === 'job')!;
    expect(failed.error).toBe('States.TaskFailed');
    expect(failed.cause).toContain('the job cannot go on');
    expect(ran.progress).toContain('| what the job says');
    expect(ran.progress).toContain('job: run.log'.replace(': ', '_'));
    expect((await recordOf(project, ran)).state).toBe('FAILED');

    const text = textReport(ran.report, createColors(false));
    expect(text).toMatch(/job +failed/);
    expect(text).toMatch(/after_job +upstream_failed/);
    expect(text).toContain('✖ job: States.TaskFailed: the job cannot go on');
    expect(text).toMatch(/its log: \.dagwright\/local\/runs\/.*\/logs\/job_run/);
    expect(JSON.parse(jsonReport(ran.report))).toMatchObject({
      status: 'FAILED',
      tasks: expect.arrayContaining([
        expect.objectContaining({ task: 'job', state: 'failed', seconds: expect.any(Number) }),
      ]),
    });
  });

  test('that is stopped ends its jobs and says ABORTED', async () => {
    const project = await smallProject();
    await writeFiles(project, { 'input.json': '{"params": {"mode": "sleep"}}' });
    const stop = new AbortController();
    let told = '';
    const running = run(project, { input: join(project, 'input.json'), signal: stop.signal }, (text) => {
      told += text;
    });
    let pid = 0;
    await until(async () => {
      pid = Number(await inLake(project, 'pid').catch(() => '0'));
      return pid > 0 && /query success in/.test(told);
    });

    const second = await run(project).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(Stop);
    expect((second as Stop).diagnostics[0]!.code).toBe('RUN010');

    stop.abort();
    const ran = await running;
    expect(ran.report.status).toBe('ABORTED');
    expect(statesOf(ran)).toMatchObject({
      job: 'aborted',
      after_job: 'not_run',
      query: 'success',
      terminate_cluster: 'not_run',
    });
    expect(processStart(pid)).toBeUndefined();
    expect((await recordOf(project, ran)).state).toBe('ABORTED');
    expect(await readdir(join(project, '.dagwright/local'))).not.toContain('run.lock.json');
  });
});

describe('a part of a run', () => {
  test('takes what the tasks that it leaves out handed on', async () => {
    const project = await smallProject();
    await run(project);
    await rm(join(project, '.dagwright/local/s3/my-lake/after.txt'));
    await rm(join(project, '.dagwright/local/s3/my-lake/made.txt'));

    const only = await run(project, { only: ['after_job'] });
    expect(statesOf(only)).toEqual({
      cluster: 'success',
      job: 'left_out',
      after_job: 'success',
      query: 'left_out',
      terminate_cluster: 'success',
    });
    expect(await inLake(project, 'after.txt')).toBe('"SUCCEEDED"');
    await expect(inLake(project, 'made.txt')).rejects.toThrow('ENOENT');

    const from = await run(project, { from: 'job' });
    expect(statesOf(from)).toEqual({
      cluster: 'success',
      job: 'success',
      after_job: 'success',
      query: 'left_out',
      terminate_cluster: 'success',
    });
    expect(await inLake(project, 'made.txt')).toBe('work');
  });

  test('is refused where they never ran, and where there is no such task', async () => {
    const project = await smallProject();
    const refused = await run(project, { only: ['after_job'] }).catch((error: unknown) => error);
    expect((refused as Stop).diagnostics).toMatchObject([
      { code: 'RUN061', message: expect.stringContaining('"job" left no output') },
    ]);
    const unknown = await run(project, { from: 'querry' }).catch((error: unknown) => error);
    expect((unknown as Stop).diagnostics).toMatchObject([
      { code: 'RUN060', message: 'The DAG has no task "querry". Did you mean "query"?' },
    ]);
    // Neither left the lake locked.
    expect((await run(project)).report.status).toBe('SUCCEEDED');
  });
});

describe('what keeps a run from starting is said, and nothing is left behind', () => {
  test.each<[string, (project: string) => Promise<unknown>, string, string]>([
    [
      'a script that has changed',
      (project) => writeFile(join(project, 'jobs/job.py'), 'print(1)'),
      'RUN004',
      'jobs/job.py is not the file that was compiled',
    ],
    ['a script that is missing', (project) => rm(join(project, 'jobs/job.py')), 'RUN004', 'jobs/job.py is missing'],
    [
      'no value for a placeholder',
      (project) => writeFile(join(project, 'dagwright.yaml'), 'local: { env: { lake: my-lake } }'),
      'RUN042',
      'local.env.role',
    ],
    [
      'a machine that is no JSON',
      (project) => writeFile(join(project, 'dist/small/step_function.json'), '{'),
      'ASL001',
      'not a JSON document',
    ],
    [
      'a release that is not known',
      (project) =>
        readFile(join(project, 'dist/small/step_function.json'), 'utf8').then((text) =>
          writeFile(join(project, 'dist/small/step_function.json'), text.replace('emr-7.13.0', 'emr-6.1.0')),
        ),
      'RUN020',
      'emr-6.1.0',
    ],
    [
      'a DAG that is not compiled',
      (project) => rm(join(project, 'dist/small'), { recursive: true }),
      'RUN001',
      'no compiled DAG "small"',
    ],
  ])('%s', async (_, spoil, code, message) => {
    const project = await smallProject();
    await spoil(project);
    const stop = await run(project).catch((error: unknown) => error);
    expect(stop).toBeInstanceOf(Stop);
    expect((stop as Stop).exitCode).toBe(1);
    expect((stop as Stop).diagnostics).toMatchObject([{ code, message: expect.stringContaining(message) }]);
    await expect(access(join(project, '.dagwright/local/runs'))).rejects.toThrow('ENOENT');
  });
});

test('a mounted prefix is what the run reads', async () => {
  const project = await smallProject();
  const user = await folderWith();
  const { writeParquet } = await import('./support.ts');
  await writeParquet(join(user, 'mine.parquet'), 'SELECT 7 AS n');
  const { report } = await run(project, { mounts: [`s3://my-lake/gold/t=${user}`] });
  expect(report.tasks.find(({ task }) => task === 'query')).toMatchObject({ state: 'success' });
  expect(report.answers[0]!.rows).toEqual([['1']]);
  expect(await readdir(user)).toEqual(['mine.parquet']);
});

test('a run whose process died without a word is recorded as ABORTED by the next one', async () => {
  const project = await smallProject();
  const dead = join(project, '.dagwright/local/runs/20260101T000000-small');
  await writeFiles(project, {
    '.dagwright/local/run.lock.json': JSON.stringify({
      pid: 999_999_999,
      started: 'ticks 1',
      since: '',
      dag: 'small',
      run: '20260101T000000-small',
    }),
    '.dagwright/local/runs/20260101T000000-small/run.json': JSON.stringify({
      run: '20260101T000000-small',
      dag: 'small',
      state: 'RUNNING',
    }),
    '.dagwright/local/runs/20260101T000000-small/work/x': 'x',
  });
  await run(project);
  expect(JSON.parse(await readFile(join(dead, 'run.json'), 'utf8'))).toMatchObject({ state: 'ABORTED' });
  expect(await readdir(dead)).toEqual(['run.json']);
});
