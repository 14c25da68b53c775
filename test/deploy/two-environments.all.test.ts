import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateStateMachineCommand, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { Dag, env } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { readBuilt } from '../../deploy/built.ts';
import { type Desired, desiredOf } from '../../deploy/desired/desired.ts';
import { sharedNames } from '../../deploy/shared-names.ts';
import type { Environment } from '../../project/environment.ts';
import { athena, emr, glue } from '../../tasks/index.ts';
import { ACCOUNT, ROLE, startServer, until } from '../endpoint/support.ts';
import { folderWith, writeFiles, writeParquet } from '../local/support.ts';
import { ENVIRONMENT } from './support.ts';

/** The same DAG for two environments of one account and region, which share the bucket of artifacts. */
const PLACE = { partition: 'aws', ...ACCOUNT };
const inEnvironment = (name: string) => ({
  ...ENVIRONMENT,
  name,
  prefix: `${name}-`,
  alarms: { topic: 'arn:aws:sns:us-east-1:123456789012:data' },
  env: {
    lake: `${name}-lake`,
    database: `${name}_sales`,
    crawler: 'managed',
    job: 'managed',
    service: 'managed',
    machines: 'managed',
  },
});

async function compiled(dag: Dag): Promise<string> {
  const folder = await folderWith({ 'package.json': '{}' });
  await writeFiles(folder, { 'jobs/report.py': 'print("report")\n', 'jobs/clean.py': 'print("clean")\n' });
  const made = withLoading({ root: folder }, () => compileDag(dag));
  writeDist(join(folder, 'dist'), new Map([[made.dag, made.files]]), true);
  return folder;
}

const desiredIn = async (folder: string, dag: string, name: string): Promise<Desired> =>
  desiredOf(await readBuilt(join(folder, 'dist'), dag), inEnvironment(name), PLACE);

function everything(): Dag {
  const dag = new Dag('sales', {
    schedule: '@daily',
    env: {
      ...{ lake: env.bucket(), database: env.string() },
      ...{ crawler: env.role(), job: env.role(), service: env.role(), machines: env.role() },
    },
  });
  const { lake, database, crawler, job, service, machines } = dag.env;
  const cluster = dag.setup(
    'cluster',
    emr.cluster({
      ...{ release: 'emr-7.13.0', primary: { type: 'm5.xlarge' } },
      ...{ serviceRole: service, instanceProfile: machines },
    }),
  );
  const clean = dag.task('clean', emr.spark({ cluster, script: 'jobs/clean.py', args: [`s3://${lake}/gold/`] }));
  const tables = glue.crawl({ database, role: crawler, path: `s3://${lake}/gold/` });
  const crawl = dag.task('crawl', tables).after(clean);
  const report = dag.task('report', glue.pythonShell({ script: 'jobs/report.py', role: job })).after(crawl);
  dag.task('count', athena.query({ sql: 'SELECT 1', database, results: `s3://${lake}/answers/` })).after(report);
  return dag;
}

test('two environments of an account have no name in common', async () => {
  const folder = await compiled(everything());
  const [dev, prod] = await Promise.all(['dev', 'prod'].map((name) => desiredIn(folder, 'sales', name)));
  // What both use: services, what calls what, the bucket of artifacts and the account itself.
  const own = (desired: Desired, name: string) => {
    const text = JSON.stringify([desired.names, desired.values, desired.resources]);
    expect(text).not.toContain(`"${name === 'dev' ? 'prod' : 'dev'}-`);
    return new Set([
      ...desired.resources.flatMap((one) => (one.kind === 'alias' ? [one.arn] : [one.arn, one.name])),
      ...[desired.names.recordKey, desired.names.lockKey, desired.names.assetsPrefix],
      ...[...text.matchAll(/\\"(?:Name|JobName)\\":\\"([^"\\]+)\\"|"(?:Name|JobName)":"([^"]+)"/g)]
        .map(([, quoted, plain]) => (quoted ?? plain) as string)
        .filter((one) => /sales/.test(one)),
      ...[...text.matchAll(/arn:aws:glue:[^"\\]*:(?:crawler|job)\/[^"\\]+/g)].map(([arn]) => arn),
      ...[...text.matchAll(/arn:aws:states:[^"\\]*:execution:[^"\\]+/g)].map(([arn]) => arn),
    ]);
  };
  const [ofDev, ofProd] = [own(dev!, 'dev'), own(prod!, 'prod')];
  expect([...ofDev].filter((name) => ofProd.has(name))).toEqual([]);
  // It is the whole: both have as many names, the machine's own crawler and job among them.
  expect(ofDev.size).toBe(ofProd.size);
  expect([...ofDev]).toEqual(
    expect.arrayContaining([
      ...['dev-sales', 'dev-sales_crawl', 'dev-sales_report', 'dagwright-dev-sales-start'],
      ...['arn:aws:glue:us-east-1:123456789012:crawler/dev-sales_crawl', 'dagwright/dev-sales/record.json'],
      'arn:aws:states:us-east-1:123456789012:execution:dev-sales:*',
    ]),
  );
});

test('a run of each, side by side, touches only what is its own', async () => {
  const dag = new Dag('sales', { env: { lake: env.bucket(), database: env.string(), crawler: env.role() } });
  const { lake, database, crawler } = dag.env;
  dag.task('crawl', glue.crawl({ database, role: crawler, path: `s3://${lake}/gold/` }));
  const folder = await compiled(dag);
  const { sfn, stop } = await startServer({ project: folder });
  try {
    const lakes = join(folder, '.dagwright/local/s3');
    const runs = await Promise.all(
      ['dev', 'prod'].map(async (name) => {
        await writeParquet(join(lakes, `${name}-lake/gold/of_${name}/part-0.parquet`), 'SELECT 1 AS n');
        const { resources, names } = await desiredIn(folder, 'sales', name);
        const { properties } = resources.find(({ arn }) => arn === names.machineArn)!;
        const { stateMachineArn } = await sfn.send(
          new CreateStateMachineCommand({
            name: names.machine,
            // A crawl is over at once here; nobody shall wait for the next look at it.
            definition: JSON.stringify(properties.definition).replaceAll('"Seconds":15', '"Seconds":1'),
            roleArn: ROLE,
          }),
        );
        return sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
      }),
    );
    for (const { executionArn } of runs) {
      const ask = () => sfn.send(new DescribeExecutionCommand({ executionArn }));
      const { status, cause } = await until(ask, (answer) => answer.status !== 'RUNNING');
      expect([status, cause]).toEqual(['SUCCEEDED', undefined]);
    }
    const catalog = JSON.parse(await readFile(join(folder, '.dagwright/local/glue/catalog.json'), 'utf8'));
    const { crawlers, databases } = catalog as { readonly [kind: string]: { readonly [name: string]: JsonObject } };
    const byName = (all: string[][]) => all.sort(([a], [b]) => (a! < b! ? -1 : 1));
    const made = Object.entries(crawlers!).map(([name, { Role, DatabaseName, paths }]) => [
      ...[name, Role, DatabaseName],
      ...(paths as readonly string[]),
    ]) as string[][];
    expect(byName(made)).toEqual([
      ['dev-sales_crawl', 'dagwright-dev-sales-env-crawler', 'dev_sales', 's3://dev-lake/gold/'],
      ['prod-sales_crawl', 'dagwright-prod-sales-env-crawler', 'prod_sales', 's3://prod-lake/gold/'],
    ]);
    const tables = Object.entries(databases!).map(([name, one]) => [name, ...Object.keys(one.tables as JsonObject)]);
    expect(byName(tables)).toEqual([
      ['dev_sales', 'of_dev'],
      ['prod_sales', 'of_prod'],
    ]);
  } finally {
    await stop();
  }
});

test('plan says which name of the DAG’s own two environments share, and nothing where they are apart', async () => {
  const dag = new Dag('sales', { env: { lake: env.bucket(), database: env.string(), crawler: env.role() } });
  const { lake, database, crawler } = dag.env;
  const path = `s3://${lake}/gold/`;
  const own = dag.task('own', glue.crawl({ database, role: crawler, path }));
  dag.task('named', glue.crawl({ database: 'sales', name: 'gold', role: crawler, path })).after(own);
  const folder = await compiled(dag);
  const built = await readBuilt(join(folder, 'dist'), 'sales');
  const caller = { ...PLACE, arn: 'arn:aws:iam::123456789012:user/ann' };
  const dev = inEnvironment('dev');
  const notes = (...others: Environment[]) =>
    sharedNames(built, desiredOf(built, dev, PLACE), others, caller).map((note) => note.split(' is made ')[0]);
  expect(notes(inEnvironment('prod'))).toEqual(['the crawler gold', 'the database sales']);
  // Another region, another account, the very same names, or one that cannot be filled here.
  expect(notes({ ...inEnvironment('prod'), region: 'eu-west-1' })).toEqual([]);
  expect(notes({ ...inEnvironment('prod'), account: '999999999999' })).toEqual([]);
  expect(notes({ ...inEnvironment('prod'), env: {} })).toEqual([]);
});
