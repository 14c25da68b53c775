import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { TaskReply } from '../../asl/interpret/options.ts';
import type { JsonObject } from '../../asl/json/value.ts';
import { sparkArguments } from '../../engines/spark/arguments.ts';
import { failureLines } from '../../engines/spark/job.ts';
import { submission } from '../../engines/spark/submission.ts';
import { processStart } from '../../project/lock.ts';
import { Slots } from '../../tasks/emr/engine/cluster.ts';
import { testOfAll } from '../sized.ts';
import { folderWith, type Machine, machine, repositoryPython, resultOf, until, writeFiles } from './support.ts';

const emr = 'arn:aws:states:::elasticmapreduce:';
const CLUSTER = { Name: 'datalake', ReleaseLabel: 'emr-7.13.0', Instances: { KeepJobFlowAliveWhenNoSteps: true } };

async function cluster({ call }: Machine, more: JsonObject = {}): Promise<string> {
  return (resultOf(await call(`${emr}createCluster.sync`, { ...CLUSTER, ...more })) as { ClusterId: string }).ClusterId;
}
const step = (args: readonly string[], more: JsonObject = {}) => ({
  Name: 'silver',
  ActionOnFailure: 'CONTINUE',
  HadoopJarStep: { Jar: 'command-runner.jar', Args: [...args] },
  ...more,
});
const add = ({ call }: Machine, ClusterId: string, Step: JsonObject, signal?: AbortSignal): Promise<TaskReply> =>
  call(`${emr}addStep.sync`, { ClusterId, Step }, signal ? { signal } : {});

beforeAll(async () => {
  await repositoryPython();
}, 300_000);

describe('a cluster', () => {
  test('is made, described and terminated', async () => {
    const here = await machine();
    const reply = resultOf(await here.call(`${emr}createCluster.sync`, { ...CLUSTER, StepConcurrencyLevel: 2 })) as {
      ClusterId: string;
      Cluster: JsonObject;
    };
    expect(reply.ClusterId).toMatch(/^j-[A-Z0-9]{13}$/);
    expect(reply.Cluster).toMatchObject({
      Id: reply.ClusterId,
      ReleaseLabel: 'emr-7.13.0',
      StepConcurrencyLevel: 2,
      Status: { State: 'WAITING' },
    });
    const { Cluster } = resultOf(await here.call(`${emr}terminateCluster.sync`, { ClusterId: reply.ClusterId })) as {
      Cluster: JsonObject;
    };
    expect(Cluster).toMatchObject({ Status: { State: 'TERMINATED', StateChangeReason: { Code: 'USER_REQUEST' } } });
    expect(
      resultOf(await here.call('arn:aws:states:::aws-sdk:emr:describeCluster', { ClusterId: reply.ClusterId })),
    ).toMatchObject({ Cluster: { Status: { State: 'TERMINATED' } } });
  });

  test.each<[JsonObject, RegExp]>([
    [{ Instances: { KeepJobFlowAliveWhenNoSteps: false } }, /KeepJobFlowAliveWhenNoSteps must be true/],
    [{ Steps: [] }, /Steps is not allowed/],
    [{ StepConcurrencyLevel: 0 }, /between 1 and 256/],
    [{ Name: 7 }, /'Name'/],
  ])('is refused with %j', async (more, cause) => {
    const here = await machine();
    const reply = await here.call(`${emr}createCluster.sync`, { ...CLUSTER, ...more });
    expect(reply).toMatchObject({
      error: 'ElasticMapReduce.AmazonElasticMapReduceException',
      cause: expect.stringMatching(cause),
    });
  });

  test('that is terminated or unknown takes no step', async () => {
    const here = await machine();
    const id = await cluster(here);
    resultOf(await here.call(`${emr}terminateCluster`, { ClusterId: id }));
    expect(await add(here, id, step(['spark-submit', 's3://lake/x.py']))).toMatchObject({
      error: 'ElasticMapReduce.AmazonElasticMapReduceException',
      cause: expect.stringContaining('shutting down, terminated, or finished may not be modified'),
    });
    expect(await add(here, 'j-0', step(['spark-submit', 's3://lake/x.py']))).toMatchObject({
      cause: "Cluster id 'j-0' is not valid.",
    });
  });

  test('with several places takes only steps that CONTINUE', async () => {
    const here = await machine();
    const id = await cluster(here, { StepConcurrencyLevel: 2 });
    expect(
      await add(here, id, step(['spark-submit', 's3://lake/x.py'], { ActionOnFailure: 'CANCEL_AND_WAIT' })),
    ).toMatchObject({ cause: expect.stringContaining('ActionOnFailure CONTINUE') });
  });

  test('that fails a step with TERMINATE_CLUSTER is terminated', async () => {
    const here = await machine();
    const id = await cluster(here);
    await add(here, id, step(['hive-script'], { ActionOnFailure: 'TERMINATE_CLUSTER' }));
    // A step that is no spark-submit never starts, and EMR's rule holds for it as well.
    expect(resultOf(await here.call('arn:aws:states:::aws-sdk:emr:describeCluster', { ClusterId: id }))).toMatchObject({
      Cluster: { Status: { State: 'TERMINATED_WITH_ERRORS' } },
    });
  });
});

test('steps beyond the concurrency level wait, in order', async () => {
  const slots = new Slots(2);
  const log: string[] = [];
  const open: (() => void)[] = [];
  const work = (name: string) =>
    slots.during(async () => {
      log.push(name);
      await new Promise<void>((done) => open.push(done));
    });
  const all = ['a', 'b', 'c', 'd'].map(work);
  await until(() => log.length === 2);
  expect(log).toEqual(['a', 'b']);
  open[1]!();
  await until(() => log.length === 3);
  expect(log).toEqual(['a', 'b', 'c']);
  open[0]!();
  await until(() => log.length === 4);
  open[2]!();
  open[3]!();
  await Promise.all(all);
});

describe('the command of a step', () => {
  const SETTINGS = /^spark\./;
  async function commandOf(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const user = await folderWith({ 'a.txt': 'a' });
    const here = await machine({
      mounts: [{ bucket: 'lake', prefix: 'bronze', folder: user }],
      env: { PATH: process.env.PATH, ...env },
      sample: '/data/sample',
    });
    const account = { ...here.account } as Parameters<typeof submission>[0];
    const command = await submission(account, sparkArguments(args), {
      work: join(here.account.run.folder, 'work/s'),
    });
    const conf = new Map(
      command.args.flatMap((arg, i): [string, string][] =>
        command.args[i - 1] === '--conf' && SETTINGS.test(arg)
          ? [[arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]]
          : [],
      ),
    );
    return { root: here.account.root, command, conf };
  }

  test('has the script and the py-files as files, everything after the script as it is', async () => {
    const { root, command } = await commandOf([
      '--deploy-mode',
      'cluster',
      '--master',
      'yarn',
      '--conf',
      'a.b=s3://lake/c',
      '--py-files',
      's3://lake/f.py,s3://lake/g.py',
      's3://lake/main.py',
      'silver',
      '--files',
      's3://lake',
      '--master',
      'x',
    ]);
    const at = command.args.indexOf('--deploy-mode');
    // The job's own settings, after those of this machine.
    expect(command.args.slice(at - 2)).toEqual([
      '--conf',
      'a.b=s3://lake/c',
      '--deploy-mode',
      'client',
      '--py-files',
      `${root}/s3/lake/f.py,${root}/s3/lake/g.py`,
      `${root}/s3/lake/main.py`,
      'silver',
      '--files',
      's3://lake',
      '--master',
      'x',
    ]);
    expect(command.args.slice(0, 2)).toEqual(['--master', 'local[*]']);
  });

  test('leads s3:// to the buckets’ folders and the mounts, contacts nobody, and passes the environment on', async () => {
    const { root, command, conf } = await commandOf(['s3://lake/main.py'], {
      SPARK_CONF_DIR: '/conf',
      MINE: '1',
      SPARK_HOME: '/elsewhere',
      PYTHONPATH: '/elsewhere',
    });
    expect(conf.get('spark.hadoop.fs.viewfs.mounttable.lake.linkFallback')).toBe(`file://${root}/s3/lake`);
    expect(conf.get('spark.hadoop.fs.viewfs.mounttable.lake.link./bronze')).toBe(
      `file://${root}/runs/test-run/work/mounts/0`,
    );
    expect(conf.get('spark.ui.enabled')).toBe('false');
    expect(conf.get('spark.driver.bindAddress')).toBe('127.0.0.1');
    expect(command.env).toMatchObject({
      SPARK_CONF_DIR: '/conf',
      MINE: '1',
      DAGWRIGHT_SAMPLE: '/data/sample',
      DAGWRIGHT_S3_ROOT: `${root}/s3`,
      DAGWRIGHT_READ_ONLY: 's3://lake/bronze/',
      SPARK_LOCAL_IP: '127.0.0.1',
    });
    expect(command.env!.SPARK_HOME).toContain('pyspark');
    expect(command.env).not.toHaveProperty('PYTHONPATH');
  });

  test('does not override what the user’s spark-defaults.conf sets', async () => {
    const own = '# mine\nspark.driver.memory 7g\nspark.driver.defaultJavaOptions -XX:+UseSerialGC\n';
    const conf = await folderWith({ 'spark-defaults.conf': own });
    const mine = (await commandOf(['s3://lake/main.py'], { SPARK_CONF_DIR: conf })).conf;
    const { conf: usual } = await commandOf(['s3://lake/main.py']);
    for (const name of ['spark.driver.memory', 'spark.driver.defaultJavaOptions']) {
      expect(mine.has(name)).toBe(false);
      expect(usual.has(name)).toBe(true);
    }
    expect(usual.get('spark.driver.memory')).toBe('2g');
  });
});

describe('a real step', () => {
  const SCRIPT = `
import os, sys
from pyspark.sql import SparkSession
import helper
spark = SparkSession.builder.getOrCreate()
if "fail" in sys.argv:
    raise SystemExit("s3://lake/bronze/ has no such file")
if "wait" in sys.argv:
    import time
    open(os.environ["PID_FILE"], "w").write(str(os.getpid()))
    time.sleep(600)
if "spoil" in sys.argv:
    spark.range(1).selectExpr("string(id)").write.mode("overwrite").text("s3://lake/bronze/netflix/more")
    raise SystemExit
rows = spark.read.text("s3://lake/bronze/netflix/*.txt").collect()
folder = spark.read.text("s3://lake/bronze/netflix/").count()
spark.createDataFrame([(row.value, helper.NAME, folder) for row in rows], "value string, name string, n int").coalesce(1).write.mode("overwrite").json("s3://lake/silver/out")
`;
  let here: Machine;
  let id: string;
  let user: string;
  beforeAll(async () => {
    user = await folderWith({ 'a.txt': 'from the user\n' });
    const pidFile = join(user, '..', `pid-${process.pid}`);
    here = await machine({
      mounts: [{ bucket: 'lake', prefix: 'bronze/netflix', folder: user }],
      env: { ...process.env, PID_FILE: pidFile },
    });
    await writeFiles(join(here.account.root, 's3/lake'), {
      'code/main.py': SCRIPT,
      'code/helper.py': 'NAME = "helper"\n',
      'bronze/amazon/x.tsv': 'x',
    });
    id = await cluster(here, { StepConcurrencyLevel: 2 });
  });
  const submit = (more: readonly string[], signal?: AbortSignal) =>
    add(
      here,
      id,
      step([
        'spark-submit',
        '--deploy-mode',
        'client',
        '--py-files',
        's3://lake/code/helper.py',
        's3://lake/code/main.py',
        ...more,
      ]),
      signal,
    );

  test('reads the mount and writes the lake', async () => {
    const result = resultOf(await submit([])) as { StepId: string; Step: JsonObject };
    expect(result.StepId).toMatch(/^s-[A-Z0-9]{13}$/);
    expect(result.Step).toMatchObject({ Name: 'silver', Status: { State: 'COMPLETED' } });
    const out = join(here.account.root, 's3/lake/silver/out');
    const part = (await readdir(out)).find((name) => name.endsWith('.json'))!;
    expect(JSON.parse(await readFile(join(out, part), 'utf8'))).toEqual({
      value: 'from the user',
      name: 'helper',
      n: 1,
    });
    expect(await readFile(join(here.account.run.folder, 'logs/state.log'), 'utf8')).toContain('SparkContext');
  }, 120_000);

  testOfAll(
    'that fails says its own last lines, beside one that stops when nobody waits for it any more',
    async () => {
      const stop = new AbortController();
      const failing = submit(['fail']);
      const waiting = submit(['wait'], stop.signal);
      const reply = (await failing) as { error: string; cause: string };
      expect(reply.error).toBe('States.TaskFailed');
      expect(JSON.parse(reply.cause)).toMatchObject({
        Name: 'silver',
        Status: { State: 'FAILED', FailureDetails: { Message: 's3://lake/bronze/ has no such file' } },
      });
      expect(here.notes.find(({ kind }) => kind === 'failure')).toMatchObject({
        lines: ['s3://lake/bronze/ has no such file'],
      });

      const pidFile = here.account.env.PID_FILE!;
      let pid = 0;
      await until(async () => {
        pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
        return pid > 0;
      });
      stop.abort();
      expect(JSON.parse(((await waiting) as { cause: string }).cause)).toMatchObject({
        Status: { State: 'CANCELLED' },
      });
      await until(() => processStart(pid) === undefined);
    },
    120_000,
  );

  testOfAll(
    'that writes into a mounted folder fails, and the folder is as it was',
    async () => {
      const reply = (await submit(['spoil'])) as { cause: string };
      expect(reply.cause).toContain('s3://lake/bronze/netflix/, which is mounted read only');
      expect(await readdir(user)).toEqual(['a.txt']);
    },
    120_000,
  );
});

test('of a job’s output what it says itself is shown', () => {
  const output = [
    '26/11/24 22:51:45 INFO SparkContext: Running Spark',
    'Traceback (most recent call last):',
    '  File "main.py", line 3, in <module>',
    '\tat org.apache.spark.sql.Dataset.collect(Dataset.scala:10)',
    '\t... 12 more',
    'ValueError: no',
    '',
    '26/11/24 22:51:46 WARN Something: else',
  ];
  expect(failureLines(output)).toEqual([
    'Traceback (most recent call last):',
    '  File "main.py", line 3, in <module>',
    'ValueError: no',
  ]);
});
