import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Account } from '../../engines/engine.ts';
import { catalogOf } from '../../tasks/glue/engine/catalog.ts';
import { JobCatalog } from '../../tasks/glue/engine/job-catalog.ts';
import type { JobRun } from '../../tasks/glue/engine/job-run.ts';
import { jobArguments } from '../../tasks/glue/engine/spark-arguments.ts';
import { errorMessage } from '../../tasks/glue/engine/spark-failure.ts';
import { releaseOf, sparkVersion } from '../../tasks/services.ts';
import { testOfAll } from '../sized.ts';
import { type Machine, machine, repositoryPython, resultOf, until, writeFiles, writeParquet } from './support.ts';

const sdk = 'arn:aws:states:::aws-sdk:glue:';
const RUN = 'arn:aws:states:::glue:startJobRun.sync';
const JOB = {
  Name: 'clean',
  Role: 'r',
  Command: { Name: 'glueetl', PythonVersion: '3', ScriptLocation: 's3://lake/jobs/clean.py' },
  GlueVersion: '5.1',
  WorkerType: 'G.1X',
  NumberOfWorkers: 2,
  Timeout: 60,
};

beforeAll(async () => {
  await repositoryPython();
}, 300_000);

/** A machine with a job and its script. */
async function withJob(script: string, more: JsonObject = {}, files: Readonly<Record<string, string>> = {}) {
  const here = await machine();
  await writeFiles(join(here.account.root, 's3/lake'), { 'jobs/clean.py': script, ...files });
  resultOf(await here.call(`${sdk}createJob`, { ...JOB, ...more }));
  return here;
}

const run = (here: Machine, args: Record<string, string> = {}, more: JsonObject = {}) =>
  here.call(RUN, { JobName: 'clean', Arguments: args, ...more });

/** What Glue says of a run that failed. */
function failure(reply: Awaited<ReturnType<typeof run>>): JsonObject {
  expect(reply).toMatchObject({ error: 'States.TaskFailed' });
  return JSON.parse((reply as { cause: string }).cause) as JsonObject;
}

async function rowsIn(here: Machine, folder: string): Promise<Json[]> {
  const path = join(here.account.lake.folder, folder);
  const parts = (await readdir(path)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(parts.map((name) => readFile(join(path, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Json])));
}

/** As Glue Studio generates it. */
const STUDIO = `import sys
from awsglue.transforms import *
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from awsglue.context import GlueContext
from awsglue.job import Job
from awsgluedq.transforms import EvaluateDataQuality

args = getResolvedOptions(sys.argv, ['JOB_NAME', 'target'])
sc = SparkContext()
glueContext = GlueContext(sc)
spark = glueContext.spark_session
job = Job(glueContext)
job.init(args['JOB_NAME'], args)

# Default ruleset used by all target nodes with data quality enabled
DEFAULT_DATA_QUALITY_RULESET = """
    Rules = [
        ColumnCount > 0
    ]
"""

# Script generated for node Amazon S3
AmazonS3_node1 = glueContext.create_dynamic_frame.from_options(format_options={"quoteChar": "\\"", "withHeader": True, "separator": ",", "optimizePerformance": False}, connection_type="s3", format="csv", connection_options={"paths": ["s3://lake/in/"], "recurse": True}, transformation_ctx="AmazonS3_node1")

# Script generated for node Change Schema
ChangeSchema_node2 = ApplyMapping.apply(frame=AmazonS3_node1, mappings=[("id", "string", "order_id", "bigint"), ("amount", "string", "amount", "decimal")], transformation_ctx="ChangeSchema_node2")

# Script generated for node Amazon S3
EvaluateDataQuality().process_rows(frame=ChangeSchema_node2, ruleset=DEFAULT_DATA_QUALITY_RULESET, publishing_options={"dataQualityEvaluationContext": "EvaluateDataQuality_node0", "enableDataQualityResultsPublishing": True}, additional_options={"dataQualityResultsPublishing.strategy": "BEST_EFFORT", "observations.scope": "ALL"})
AmazonS3_node3 = glueContext.write_dynamic_frame.from_options(frame=ChangeSchema_node2, connection_type="s3", format="json", connection_options={"path": args["target"], "partitionKeys": []}, transformation_ctx="AmazonS3_node3")

job.commit()
`;

describe('a Spark job', () => {
  test('runs a script as Glue Studio generates it, over the lake, and answers Glue’s JobRun', async () => {
    const here = await withJob(
      STUDIO,
      { DefaultArguments: { '--target': 's3://lake/elsewhere/', '--enable-metrics': '', '--job-language': 'python' } },
      { 'in/day=1/a.csv': 'id,amount\n1,12.5\n2,x\n' },
    );
    const done = resultOf(await run(here, { '--target': 's3://lake/out/' })) as JsonObject;
    expect(done).toMatchObject({
      Id: expect.stringMatching(/^jr_[0-9a-f]{64}$/),
      JobName: 'clean',
      JobRunState: 'SUCCEEDED',
      Attempt: 0,
      Timeout: 60,
      GlueVersion: '5.1',
      WorkerType: 'G.1X',
      NumberOfWorkers: 2,
      Arguments: { '--target': 's3://lake/out/' },
    });
    expect(await rowsIn(here, 'lake/out')).toEqual([{ order_id: 1, amount: 12.5 }, { order_id: 2 }]);
    expect(here.notes.map(({ kind }) => kind)).toEqual(['log']);
    expect(resultOf(await here.call(`${sdk}getJobRun`, { JobName: 'clean', RunId: done.Id! }))).toMatchObject({
      JobRun: { JobRunState: 'SUCCEEDED' },
    });
  }, 240_000);

  testOfAll.each([
    [
      'one that raises',
      'def f():\n    raise ValueError("no rows")\n\nf()\n',
      'UNCLASSIFIED_ERROR; Failed Line Number: 2; ValueError: no rows',
    ],
    [
      'an argument that is missing',
      'import sys\nfrom awsglue.utils import getResolvedOptions\ngetResolvedOptions(sys.argv, ["day"])\n',
      'UNCLASSIFIED_ERROR; Failed Line Number: 3; GlueArgumentError: the following arguments are required: --day',
    ],
    ['sys.exit(1)', 'import sys\nprint("working")\nsys.exit(1)\n', 'UNCLASSIFIED_ERROR; SystemExit: 1'],
    [
      'a path that is not there',
      'from pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate().read.json("s3://lake/none/")\n',
      'QUERY_ERROR; Failed Line Number: 2; AnalysisException: [PATH_NOT_FOUND] Path does not exist: s3://lake/none.',
    ],
    [
      'a call that does not work here',
      'from awsglue.transforms import *\n\nRelationalize.apply(frame=None)\n',
      'UNCLASSIFIED_ERROR; Failed Line Number: 3; NotOnThisMachine: awsglue.transforms.Relationalize exists on AWS Glue and does not work on this machine.',
    ],
    [
      'text that is no Python',
      'import sys\nthis is no python\n',
      'UNCLASSIFIED_ERROR; Failed Line Number: 2; SyntaxError: invalid syntax',
    ],
  ])(
    'a script that fails, %s: Glue’s message',
    async (_, script, message) => {
      const here = await withJob(script);
      const failed = failure(await run(here));
      expect(failed).toMatchObject({ JobRunState: 'FAILED' });
      expect(failed.ErrorMessage).toContain(`Error Category: ${message}`);
      expect(here.notes.filter(({ kind }) => kind === 'failure')).toHaveLength(1);
    },
    240_000,
  );

  testOfAll(
    'finds its modules, files and settings, and says that bookmarks do not work',
    async () => {
      const script = `import sys
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from helper import twice
from humanize import intcomma
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
context = GlueContext(SparkContext.getOrCreate())
job = Job(context)
job.init(args["JOB_NAME"], args)
conf = context.spark_session.conf
row = (args["JOB_RUN_ID"][:3], twice(2), intcomma(12345), open("limits.txt").read(), conf.get("spark.a.b"), conf.get("spark.c"))
context.spark_session.createDataFrame([row], "id string, n int, text string, limits string, a string, c string").coalesce(1).write.json("s3://lake/out/")
job.commit()
`;
      const here = await withJob(
        script,
        {
          DefaultArguments: {
            '--conf': 'spark.a.b=x y --conf spark.c=1',
            '--job-bookmark-option': 'job-bookmark-enable',
          },
        },
        { 'jobs/helper.py': 'def twice(n):\n    return 2 * n\n', 'jobs/limits.txt': 'ten' },
      );
      resultOf(
        await run(here, {
          '--extra-py-files': 's3://lake/jobs/helper.py',
          '--extra-files': 's3://lake/jobs/limits.txt',
          '--additional-python-modules': 'humanize==4.12.3',
          '--python-modules-installer-option': '--no-deps',
        }),
      );
      expect(await rowsIn(here, 'lake/out')).toEqual([
        { id: 'jr_', n: 4, text: '12,345', limits: 'ten', a: 'x y', c: '1' },
      ]);
      const log = await readFile(join(here.account.run.folder, 'logs/state.log'), 'utf8');
      expect(log).toContain('Job bookmarks do not work on this machine');
    },
    300_000,
  );

  testOfAll(
    'reads tables of the catalog and makes them',
    async () => {
      const script = `import sys
from awsglue.context import GlueContext
from pyspark.context import SparkContext

context = GlueContext(SparkContext.getOrCreate())
orders = context.create_dynamic_frame.from_catalog(database="sales", table_name="orders")
sink = context.getSink(connection_type="s3", path="s3://lake/totals/", enableUpdateCatalog=True, partitionKeys=["day"])
sink.setCatalogInfo(catalogDatabase="sales", catalogTableName="totals")
sink.setFormat("glueparquet")
sink.writeFrame(orders.apply_mapping([("n", "int", "total", "bigint"), ("day", "string", "day", "string")]))
`;
      const here = await withJob(script);
      await writeParquet(join(here.account.lake.folder, 'lake/gold/orders/day=1/a.parquet'), 'SELECT 7::INT AS n');
      resultOf(await here.call(`${sdk}createDatabase`, { DatabaseInput: { Name: 'sales' } }));
      const Targets = { S3Targets: [{ Path: 's3://lake/gold/' }] };
      resultOf(await here.call(`${sdk}createCrawler`, { Name: 'c', Role: 'r', DatabaseName: 'sales', Targets }));
      resultOf(await here.call(`${sdk}startCrawler`, { Name: 'c' }));
      await here.account.clock.settled();
      resultOf(await run(here));
      expect(resultOf(await here.call(`${sdk}getTable`, { DatabaseName: 'sales', Name: 'totals' }))).toMatchObject({
        Table: {
          PartitionKeys: [{ Name: 'day', Type: 'string' }],
          StorageDescriptor: { Location: 's3://lake/totals/', Columns: [{ Name: 'total', Type: 'bigint' }] },
        },
      });
    },
    240_000,
  );

  testOfAll(
    'has Iceberg’s tables of the Data Catalog, which others of its catalog see',
    async () => {
      const catalog = 'spark.sql.catalog.glue_catalog';
      const conf = {
        [catalog]: 'org.apache.iceberg.spark.SparkCatalog',
        [`${catalog}.catalog-impl`]: 'org.apache.iceberg.aws.glue.GlueCatalog',
        [`${catalog}.io-impl`]: 'org.apache.iceberg.aws.s3.S3FileIO',
        [`${catalog}.warehouse`]: 's3://lake/iceberg/',
        'spark.sql.extensions': 'org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions',
      };
      const script = `from awsglue.context import GlueContext
from pyspark.context import SparkContext

context = GlueContext(SparkContext.getOrCreate())
spark = context.spark_session
spark.sql("CREATE NAMESPACE IF NOT EXISTS glue_catalog.sales")
spark.sql("CREATE TABLE glue_catalog.sales.orders (n int) USING iceberg")
spark.sql("INSERT INTO glue_catalog.sales.orders VALUES (1), (2)")
orders = context.create_dynamic_frame.from_catalog(database="sales", table_name="orders")
context.write_dynamic_frame.from_catalog(orders.filter(lambda order: order["n"] > 1), database="sales", table_name="orders")
context.create_data_frame.from_catalog(database="sales", table_name="orders").coalesce(1).write.json("s3://lake/out/")
`;
      const here = await withJob(script);
      const settings = Object.entries(conf).map(([name, value]) => `${name}=${value}`);
      resultOf(await run(here, { '--datalake-formats': 'iceberg', '--conf': settings.join(' --conf ') }));
      const rows = (await rowsIn(here, 'lake/out')) as { n: number }[];
      expect(rows.map(({ n }) => n).sort()).toEqual([1, 2, 2]);
      expect(resultOf(await here.call(`${sdk}getTable`, { DatabaseName: 'sales', Name: 'orders' }))).toMatchObject({
        Table: { Parameters: { table_type: 'ICEBERG' } },
      });
    },
    300_000,
  );

  testOfAll(
    'ends when its time is up, when it is stopped, and when its task is given up',
    async () => {
      const slow =
        'import os, time\nopen(os.environ["DAGWRIGHT_S3_ROOT"] + "/lake/begun", "w").close()\ntime.sleep(300)\n';
      const here = await withJob(slow, { ExecutionProperty: { MaxConcurrentRuns: 1 } });
      // Two seconds, where Glue has whole minutes.
      expect(failure(await run(here, {}, { Timeout: 1 / 30 }))).toMatchObject({ JobRunState: 'TIMEOUT' });
      const begun = () =>
        readFile(join(here.account.lake.folder, 'lake/begun')).then(
          () => true,
          () => false,
        );
      const { JobRunId } = resultOf(await here.call('arn:aws:states:::glue:startJobRun', { JobName: 'clean' })) as {
        JobRunId: string;
      };
      expect(await run(here)).toMatchObject({ error: 'Glue.ConcurrentRunsExceededException' });
      await until(begun);
      resultOf(await here.call(`${sdk}batchStopJobRun`, { JobName: 'clean', JobRunIds: [JobRunId] }));
      await here.account.clock.settled();
      expect(resultOf(await here.call(`${sdk}getJobRun`, { JobName: 'clean', RunId: JobRunId }))).toMatchObject({
        JobRun: { JobRunState: 'STOPPED' },
      });
      const abort = new AbortController();
      const given = here.call(RUN, { JobName: 'clean' }, { signal: abort.signal });
      setTimeout(() => abort.abort(), 2_000);
      expect(failure(await given)).toMatchObject({ JobRunState: 'STOPPED' });
    },
    240_000,
  );

  test('a script that is not there, kinds of jobs that do not run here, and a job that is tried again by Glue', async () => {
    const here = await withJob('', { MaxRetries: 1 });
    const gone = failure(await run(here, { '--scriptLocation': 's3://lake/jobs/gone.py' }));
    expect(gone).toMatchObject({
      JobRunState: 'FAILED',
      ErrorMessage: 's3://lake/jobs/gone.py is not there (NoSuchKey).',
    });
    await here.account.clock.settled();
    const RunId = `${gone.Id}_attempt_1`;
    expect(resultOf(await here.call(`${sdk}getJobRun`, { JobName: 'clean', RunId }))).toMatchObject({
      JobRun: { Attempt: 1, JobRunState: 'FAILED' },
    });
    expect(await run(here, { '--scriptLocation': 'gone.py' })).toMatchObject({ error: 'Glue.InvalidInputException' });
    expect(await run(here, { '--job-language': 'scala', '--class': 'Load' })).toMatchObject({
      error: 'States.TaskFailed',
      cause: expect.stringContaining('"clean" is glueetl in scala'),
    });
    for (const Name of ['glueray', 'gluestreaming']) {
      resultOf(await here.call(`${sdk}createJob`, { ...JOB, Name, Command: { ...JOB.Command, Name } }));
      expect(await here.call(RUN, { JobName: Name })).toMatchObject({
        error: 'States.TaskFailed',
        cause: expect.stringContaining(`"${Name}" is ${Name}`),
      });
    }
  });
});

test('what a job did in the catalog is decided by its role’s policies, and taken up', async () => {
  const { account, call } = await machine();
  resultOf(await call(`${sdk}createDatabase`, { DatabaseInput: { Name: 'sales' } }));
  const asked: string[] = [];
  const denied: string[] = [];
  const deciding = {
    ...account,
    access: (
      _: unknown,
      { role }: { role: string },
      { action, arguments: args }: { action: string; arguments: Json },
    ) => {
      asked.push(`${role} ${action} ${JSON.stringify(args)}`);
      return denied.includes(action) ? { text: `no ${action}` } : undefined;
    },
  } as unknown as Account;
  const job = { id: 'jr_1', jobName: 'clean', role: 'jobs' } as JobRun;
  const catalog = await JobCatalog.open(deciding, job, {} as TaskCall);
  const [, , , journal = ''] = catalog.options;
  const made = { Location: 's3://lake/totals', Columns: [{ Name: 'n', Type: 'int' }], PartitionKeys: [] };
  const entries = [
    { did: 'getTable', database: 'sales', table: 'orders' },
    { did: 'write', path: 's3://lake/totals' },
    { did: 'putTable', database: 'sales', table: 'totals', isNew: true, made },
  ];
  await writeFile(journal.split('=')[1]!, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  expect(await catalog.wrote()).toEqual(['s3://lake/totals']);
  denied.push('createTable');
  expect(await catalog.close()).toBe('no createTable');
  const table = { DatabaseName: 'sales', Name: 'totals' };
  expect(await call(`${sdk}getTable`, table)).toMatchObject({ error: 'Glue.EntityNotFoundException' });
  denied.pop();
  asked.length = 0;
  expect(await catalog.close()).toBeUndefined();
  expect(asked).toEqual([
    'jobs getTable {"DatabaseName":"sales","Name":"orders"}',
    'jobs getTable {"DatabaseName":"sales","Name":"totals"}',
    'jobs createTable {"DatabaseName":"sales","TableInput":{"Name":"totals"}}',
  ]);
  const { databases } = await catalogOf(deciding).read();
  expect(databases.sales?.tables.totals).toMatchObject({ Location: 's3://lake/totals/', DatabaseName: 'sales' });
});

test('the arguments of a run, by who reads them', () => {
  const all = {
    '--scriptLocation': 's3://lake/jobs/clean.py',
    '--extra-py-files': 's3://lake/a.zip, s3://lake/b.py',
    '--extra-jars': 's3://lake/c.jar',
    '--extra-files': 's3://lake/d.txt',
    '--conf': 'spark.a=b c  --conf spark.d=--e',
    '--additional-python-modules': 'a==1,s3://lake/b.whl',
    '--python-modules-installer-option': '--no-deps "--index-url=https://x/"',
    '--enable-metrics': '',
    '--day': '2026-01-01',
  };
  expect(jobArguments(all, { jobName: 'clean', id: 'jr_1' })).toEqual({
    options: [
      ...['--py-files', 's3://lake/a.zip,s3://lake/b.py', '--jars', 's3://lake/c.jar'],
      ...['--conf', 'spark.a=b c', '--conf', 'spark.d=--e'],
    ],
    args: ['--enable-metrics', '--day', '2026-01-01', '--JOB_ID', 'j_1', '--JOB_RUN_ID', 'jr_1', '--JOB_NAME', 'clean'],
    modules: ['a==1', 's3://lake/b.whl'],
    installer: ['--no-deps', '--index-url=https://x/'],
    files: ['s3://lake/d.txt'],
  });
});

test('the message of an error of Java’s has both texts', () => {
  const lines = [
    'Traceback (most recent call last):',
    '  File "/lake/jobs/clean.py", line 7, in <module>',
    '    frame.write.parquet(target)',
    '  File "/spark/python/lib/py4j/protocol.py", line 326, in get_return_value',
    'py4j.protocol.Py4JJavaError: An error occurred while calling o45.parquet.',
    ': org.apache.spark.SparkException: Job aborted due to stage failure',
    '\tat org.apache.spark.Some.where(Some.scala:1)',
    '26/12/01 10:00:00 INFO ShutdownHookManager: Shutdown hook called',
  ];
  expect(errorMessage(lines, 1, '/lake/jobs/clean.py')).toBe(
    'Error Category: UNCLASSIFIED_ERROR; Failed Line Number: 7; An error occurred while calling o45.parquet. Job aborted due to stage failure',
  );
});

test('the Spark that a job wants is that of its version of Glue', () => {
  const create = (GlueVersion: string, Name = 'glueetl') =>
    releaseOf({ resource: `${sdk}createJob`, arguments: { GlueVersion, Command: { Name } } });
  expect(sparkVersion([create('5.1')!])).toBe('3.5.6');
  expect(create('3.0', 'pythonshell')).toBeUndefined();
  expect(() => sparkVersion([create('4.0')!])).toThrow('which Spark Glue 4.0 carries; known are Glue 5.0, Glue 5.1');
  expect(() => sparkVersion([create('5.0')!, create('5.1')!])).toThrow('Glue 5.0, Glue 5.1');
});
