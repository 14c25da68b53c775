import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { Dag, env } from '../../authoring/index.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { glue } from '../../tasks/index.ts';
import { allows, filled } from '../compiler/evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  machine: 'm',
  cleanup: 'm-cleanup',
  assets: 's3://assets/m',
  assetsBucket: 'assets',
  assetsPath: 'assets/m',
  lake: 'lake',
  jobRole: 'job',
  export: 'nightly',
};
const arn = (name: string) => `arn:aws:glue:eu-west-1:111122223333:job/${name}`;

let files: ReadonlyMap<string, string | Uint8Array>;
beforeAll(async () => {
  const { compiled } = await compileFolder(join(root, 'test/cases/glue-jobs'), root, ['glue_jobs']);
  files = compiled[0]!.files;
});

describe('the policy', () => {
  const may = (action: string, resource: string, context?: Record<string, string>) =>
    allows(filled(files.get('policy.json') as string, values), {
      action: action.includes(':') ? action : `glue:${action}`,
      resource,
      ...(context && { context }),
    });

  test('lets the machine make, change and run its own jobs, and no neighbour’s', () => {
    for (const action of ['CreateJob', 'UpdateJob', 'TagResource', 'StartJobRun', 'GetJobRun', 'BatchStopJobRun'])
      for (const [name, is] of [
        ['m_clean', true],
        ['load-orders', true],
        ['m2_clean', false],
      ] as const)
        expect([action, name, may(action, arn(name))]).toEqual([action, name, is]);
  });

  test('lets it run a job that is there, and change none', () => {
    expect(may('StartJobRun', arn('nightly')) && may('GetJobRun', arn('nightly'))).toBe(true);
    expect(may('UpdateJob', arn('nightly'))).toBe(false);
    expect(may('DeleteJob', arn('m_clean'))).toBe(false);
    // Nobody waits for this one.
    expect(may('StartJobRun', arn('warm-up'))).toBe(true);
    expect(may('GetJobRun', arn('warm-up'))).toBe(false);
  });

  test('hands the role to Glue alone', () => {
    const role = 'arn:aws:iam::111122223333:role/job';
    expect(may('iam:PassRole', role, { 'iam:PassedToService': 'glue.amazonaws.com' })).toBe(true);
    expect(may('iam:PassRole', role, { 'iam:PassedToService': 'ec2.amazonaws.com' })).toBe(false);
    expect(may('iam:PassRole', role.replace('job', 'jobs'), { 'iam:PassedToService': 'glue.amazonaws.com' })).toBe(
      false,
    );
  });

  test('of the jobs’ role: the script, the buckets, the databases and the connections that the DAG names', () => {
    const { jobRole } = (JSON.parse(files.get('manifest.json') as string) as Manifest).env;
    expect(jobRole!.assumedBy).toEqual(['glue.amazonaws.com']);
    const can = (action: string, resource: string) =>
      allows(filled(JSON.stringify(jobRole!.policy), values), { action, resource });
    const glueArn = (rest: string) => `arn:aws:glue:eu-west-1:111122223333:${rest}`;
    expect(can('glue:GetTable', glueArn('table/sales/orders'))).toBe(true);
    expect(can('glue:GetTable', glueArn('table/wages/people'))).toBe(false);
    expect(can('glue:DeleteTable', glueArn('table/sales/orders'))).toBe(false);
    expect(can('glue:GetConnection', glueArn('connection/warehouse'))).toBe(true);
    expect(can('glue:GetConnection', glueArn('connection/other'))).toBe(false);
    expect(can('s3:GetObject', 'arn:aws:s3:::assets/m/clean-1/clean.py')).toBe(true);
    expect(can('s3:PutObject', 'arn:aws:s3:::lake/silver/orders/a.parquet')).toBe(true);
    expect(can('s3:PutObject', 'arn:aws:s3:::other/a.parquet')).toBe(false);
    expect(can('logs:PutLogEvents', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws-glue/jobs/error:x')).toBe(true);
  });
});

describe('a job', () => {
  const states = (spec: Partial<glue.JobParameters>) => {
    const dag = new Dag('d', { env: { role: env.role() } });
    dag.task('t', glue.job({ role: dag.env.role, script: 's3://b/x.py', numberOfWorkers: 2, ...spec }));
    const machine = JSON.parse(compileDag(dag).files.get('step_function.json') as string) as {
      States: { [name: string]: { Arguments: JsonObject } };
    };
    return { job: machine.States['t: job']!.Arguments, run: machine.States['t: run']!.Arguments };
  };

  test('with settings has them as the one argument that Glue reads', () => {
    const { run } = states({ conf: { 'spark.a': '1', 'spark.b': '2' } });
    expect(run.Arguments).toMatchObject({ '--conf': 'spark.a=1 --conf spark.b=2' });
  });

  test.each([
    [{}, 50, 'job-bookmark-disable'],
    [{ bookmarks: true }, 1, 'job-bookmark-enable'],
    [{ maxConcurrentRuns: 3 }, 3, 'job-bookmark-disable'],
  ])('%j has %d runs at a time', (spec, most, bookmark) => {
    const { job, run } = states(spec);
    expect(job.ExecutionProperty).toEqual({ MaxConcurrentRuns: most });
    expect(run.Arguments).toMatchObject({ '--job-bookmark-option': bookmark });
  });

  test('is given what people write with dashes and without', () => {
    expect(states({ args: { day: '1', '--TempDir': 's3://b/tmp/' } }).run.Arguments).toMatchObject({
      '--day': '1',
      '--TempDir': 's3://b/tmp/',
    });
  });
});

test('what a run costs is the price of its workers', () => {
  const { charges } = (JSON.parse(files.get('manifest.json') as string) as Manifest).cost!;
  // 4 workers of two units, for an hour at most and a minute at least.
  expect(charges.find(({ tasks }) => tasks.includes('clean'))).toMatchObject({
    perHour: { least: 3.52, most: 3.52 },
    takes: { least: expect.closeTo(3.52 / 60, 6), most: 3.52 },
  });
  expect(charges.find(({ tasks }) => tasks.includes('export'))).toMatchObject({
    open: 'how many workers the job has stands with the job',
  });
});
