import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { words } from '../../engines/spark/arguments.ts';
import { localNeeds, releaseOf, sparkVersion } from '../../tasks/services.ts';
import { testOfAll } from '../sized.ts';
import { type Machine, machine, repositoryPython, resultOf, until, writeFiles } from './support.ts';

const serverless = 'arn:aws:states:::emr-serverless:';
const sdk = 'arn:aws:states:::aws-sdk:emrserverless:';
const ROLE = 'arn:aws:iam::123456789012:role/job';

async function application({ call }: Machine): Promise<string> {
  const made = await call(`${serverless}createApplication.sync`, {
    Name: 'a',
    ReleaseLabel: 'emr-7.13.0',
    Type: 'SPARK',
  });
  return (resultOf(made) as { ApplicationId: string }).ApplicationId;
}
const job = (ApplicationId: string, SparkSubmit: JsonObject, more: JsonObject = {}): JsonObject => ({
  ApplicationId,
  ExecutionRoleArn: ROLE,
  Name: 'clean',
  JobDriver: { SparkSubmit },
  ...more,
});

beforeAll(async () => {
  await repositoryPython();
}, 300_000);

describe('an application', () => {
  test('is made, started by its first job, stopped and deleted', async () => {
    const here = await machine();
    const id = await application(here);
    expect(id).toMatch(/^00[0-9a-v]{14}$/);
    const described = async () =>
      (resultOf(await here.call(`${sdk}getApplication`, { ApplicationId: id })) as { Application: JsonObject })
        .Application;
    expect(await described()).toMatchObject({
      ApplicationId: id,
      Name: 'a',
      ReleaseLabel: 'emr-7.13.0',
      State: 'CREATED',
    });
    const stop = () => here.call(`${serverless}stopApplication.sync`, { ApplicationId: id });
    expect(await stop()).toMatchObject({
      error: 'EMRServerless.ValidationException',
      cause: expect.stringContaining('CREATED'),
    });
    resultOf(await here.call(`${serverless}startApplication.sync`, { ApplicationId: id }));
    expect(await here.call(`${serverless}deleteApplication.sync`, { ApplicationId: id })).toMatchObject({
      error: 'EMRServerless.ValidationException',
      cause: expect.stringContaining('it is STARTED'),
    });
    expect(resultOf(await stop())).toEqual({ ApplicationId: id });
    resultOf(await here.call(`${serverless}deleteApplication.sync`, { ApplicationId: id }));
    expect(await described()).toMatchObject({ State: 'TERMINATED' });
  });

  test('of another kind is refused, and so is a job without a command', async () => {
    const here = await machine();
    expect(
      await here.call(`${serverless}createApplication`, { ReleaseLabel: 'emr-7.13.0', Type: 'HIVE' }),
    ).toMatchObject({
      cause: expect.stringContaining('SPARK, not HIVE'),
    });
    const id = await application(here);
    expect(
      await here.call(`${serverless}startJobRun.sync`, {
        ApplicationId: id,
        ExecutionRoleArn: ROLE,
        JobDriver: { Hive: {} },
      }),
    ).toMatchObject({ cause: expect.stringContaining('JobDriver.SparkSubmit') });
  });
});

describe('a job', () => {
  testOfAll(
    'runs on Spark: it reads and writes the lake, with the options of its one text',
    async () => {
      const here = await machine();
      await writeFiles(here.account.root, {
        's3/lake/in/ratings.csv': 'title,stars\na,1\nb,2\nc,2\n',
        's3/lake/jobs/count.py': [
          'import sys',
          'from helper import destination',
          'from pyspark.sql import SparkSession',
          'spark = SparkSession.builder.getOrCreate()',
          'rows = spark.read.option("header", True).csv(sys.argv[1])',
          'name = spark.conf.get("spark.app.name")',
          'rows.groupBy("stars").count().coalesce(1).write.json(destination(name))',
        ].join('\n'),
        's3/lake/jobs/helper.py': 'def destination(name):\n    return "s3://lake/out/" + name.replace(" ", "-")\n',
      });
      const id = await application(here);
      const done = resultOf(
        await here.call(
          `${serverless}startJobRun.sync`,
          job(id, {
            EntryPoint: 's3://lake/jobs/count.py',
            EntryPointArguments: ['s3://lake/in/'],
            SparkSubmitParameters: '--py-files s3://lake/jobs/helper.py --conf "spark.app.name=two words"',
          }),
        ),
      ) as { JobRunId: string };
      expect(done).toEqual({
        ApplicationId: id,
        Arn: expect.stringContaining(`/jobruns/${done.JobRunId}`),
        JobRunId: done.JobRunId,
      });
      const folder = join(here.account.lake.folder, 'lake/out/two-words');
      const { readdir } = await import('node:fs/promises');
      const part = (await readdir(folder)).find((name) => name.endsWith('.json'))!;
      const counts = (await readFile(join(folder, part), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as JsonObject);
      expect(counts.sort((a, b) => Number(a.stars) - Number(b.stars))).toEqual([
        { stars: '1', count: 1 },
        { stars: '2', count: 2 },
      ]);
      expect(
        resultOf(await here.call(`${sdk}getJobRun`, { ApplicationId: id, JobRunId: done.JobRunId })),
      ).toMatchObject({
        JobRun: { State: 'SUCCESS', Name: 'clean', ReleaseLabel: 'emr-7.13.0' },
      });
    },
    120_000,
  );

  testOfAll(
    'that fails says so as EMR Serverless does, with its last words',
    async () => {
      const here = await machine();
      await writeFiles(here.account.root, { 's3/lake/jobs/broken.py': 'raise ValueError("no ratings")\n' });
      // An application that the run did not make is somebody's own.
      const reply = await here.call(
        `${serverless}startJobRun.sync`,
        job('00own0000000000a', { EntryPoint: 's3://lake/jobs/broken.py' }),
      );
      expect(reply).toMatchObject({ error: 'States.TaskFailed' });
      const cause = JSON.parse((reply as { cause: string }).cause) as JsonObject;
      expect(cause).toMatchObject({ ApplicationId: '00own0000000000a', State: 'FAILED' });
      expect(cause.StateDetails).toContain('no ratings');
      expect(here.notes.filter(({ kind }) => kind === 'failure')).toHaveLength(1);
    },
    120_000,
  );

  testOfAll(
    'is cancelled with its state, and when it is asked for',
    async () => {
      const here = await machine();
      await writeFiles(here.account.root, {
        's3/lake/jobs/slow.py':
          'import os, time\nopen(os.environ["DAGWRIGHT_S3_ROOT"] + "/lake/begun", "w").close()\ntime.sleep(300)\n',
      });
      const id = await application(here);
      const begun = join(here.account.lake.folder, 'lake/begun');
      const started = resultOf(
        await here.call(`${serverless}startJobRun`, job(id, { EntryPoint: 's3://lake/jobs/slow.py' })),
      ) as { JobRunId: string };
      await until(() =>
        readFile(begun).then(
          () => true,
          () => false,
        ),
      );
      expect(await here.call(`${serverless}stopApplication`, { ApplicationId: id })).toMatchObject({
        cause: expect.stringContaining('not done'),
      });
      resultOf(await here.call(`${serverless}cancelJobRun.sync`, { ApplicationId: id, JobRunId: started.JobRunId }));
      expect(
        resultOf(await here.call(`${sdk}getJobRun`, { ApplicationId: id, JobRunId: started.JobRunId })),
      ).toMatchObject({
        JobRun: { State: 'CANCELLED' },
      });
      resultOf(await here.call(`${serverless}stopApplication`, { ApplicationId: id }));
    },
    120_000,
  );
});

describe('what a run needs here', () => {
  const create = { resource: `${serverless}createApplication.sync`, arguments: { ReleaseLabel: 'emr-7.12.0' } };
  const start = { resource: `${serverless}startJobRun.sync`, arguments: { ApplicationId: 'a' } };

  test('Python, and the Spark of the release; of an application that is there the newest known', () => {
    expect(localNeeds([start])).toEqual({ python: true, duckdb: [] });
    expect(releaseOf(create)).toMatchObject({ release: 'emr-7.12.0' });
    expect(sparkVersion([releaseOf(start)!])).toBe('3.5.6');
    const other = { ...create, arguments: { ReleaseLabel: 'emr-5.0.0' } };
    expect(() => sparkVersion([releaseOf(start)!, releaseOf(other)!])).toThrow('which Spark emr-5.0.0 carries');
  });
});

test.each([
  ['', []],
  ['--conf a=b  --class x.Y', ['--conf', 'a=b', '--class', 'x.Y']],
  ['--conf "a=b c" \'--x y\' "" z\\ w', ['--conf', 'a=b c', '--x y', '', 'z w']],
  ['"a\\"b" \'a\\b\'', ['a"b', 'a\\b']],
])('the words of %j', (line, expected) => {
  expect(words(line)).toEqual(expected);
});
