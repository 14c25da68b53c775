import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SNS } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { fillText } from '../../asl/placeholders/index.ts';
import { deploy, plan } from '../../deploy/deploy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { rollback } from '../../deploy/rollback.ts';
import { runLocally } from '../../local/run.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { ROOT } from '../aws/deployer.ts';
import { type Ministack, startMinistack } from '../aws/ministack.ts';
import { calledFunctions, deployedFunctions } from '../deploy/deployed-functions.ts';
import { emptyEndpoint } from '../deploy/empty-endpoint.ts';
import { compileIn, ENVIRONMENT, REGION } from '../deploy/support.ts';
import { ROLE, startServer, until } from '../endpoint/support.ts';
import { runOptions } from '../local/pipeline.ts';
import { folderWith, REPOSITORY, repositoryPython, writeFiles } from '../local/support.ts';

/**
 * One pipeline everywhere: a list of S3, a function in TypeScript, one in Python with pyarrow, a Glue job, Athena and SNS. It runs here, on
 * `serve`, and is deployed and rolled back with its functions.
 */
const DAG = 'store_sales';
const EXAMPLES = join(REPOSITORY, 'examples');
const DAY = '2026-01-31';
const UPLOADS = {
  // The first file of Zurich has another price, and the second one corrects it.
  'zurich.csv': 'receipt,product,quantity,price\nz1,tea,2,9.00\n',
  'zurich.2.csv': 'receipt,product,quantity,price\nz1,tea,2,4.50\nz2,coffee,1,7.25\n',
  'bern.csv': 'receipt,product,quantity,price\nb1,tea,10,4.50\n',
  'readme.txt': 'not a file of receipts',
};
/** Ministack's account is the one that a key of digits names: this machine's own. */
const ACCOUNT = '123456789012';

const server = emptyEndpoint();
let messages: Ministack;
let topic: string;
let project: string;

beforeAll(async () => {
  messages = await startMinistack();
  const sns = new SNS({ region: REGION, endpoint: messages.url, credentials: KEY });
  topic = (await sns.createTopic({ Name: 'alerts' })).TopicArn!;
  const form = new URLSearchParams({ Action: 'CreateQueue', QueueName: 'seen', Version: '2012-11-05' });
  const authorization = `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/${REGION}/sqs/aws4_request, SignedHeaders=host, Signature=any`;
  await fetch(messages.url, { method: 'POST', body: form, headers: { authorization } });
  const Endpoint = `arn:aws:sqs:${REGION}:${ACCOUNT}:seen`;
  await sns.subscribe({ TopicArn: topic, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } });
  sns.destroy();

  project = await folderWith({
    'package.json': '{"type": "module"}',
    'dagwright.yaml': `local:\n  env: { lake: my-lake, glueRole: glue-jobs, alerts: '${topic}' }\n`,
    ...Object.fromEntries(
      Object.entries(UPLOADS).map(([name, text]) => [`.dagwright/local/s3/my-lake/inbox/sales/${DAY}/${name}`, text]),
    ),
  });
  await mkdir(join(project, 'dags'));
  await cp(join(EXAMPLES, 'dags/store_sales.ts'), join(project, 'dags/store_sales.ts'));
  await cp(join(EXAMPLES, 'functions'), join(project, 'functions'), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'));
  await repositoryPython();
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  await compileIn(project);
}, 600_000);
afterAll(() => messages.stop());

const KEY = { accessKeyId: ACCOUNT, secretAccessKey: 'any' };
const input = (day: string) => ({ logical_date: `${day}T00:00:00Z` });
const read = async (name: string) => readFile(join(project, 'dist', DAG, name), 'utf8');

async function run(day: string) {
  await writeFile(join(project, 'input.json'), JSON.stringify(input(day)));
  const { AWS_ENDPOINT_URL: _, ...rest } = process.env;
  const env = { ...rest, AWS_ENDPOINT_URL_SNS: messages.url, AWS_ACCESS_KEY_ID: ACCOUNT };
  const options = { ...runOptions(project, DAG), env, input: join(project, 'input.json'), enforcePolicy: true };
  const report = await runLocally(options);
  return { report, ends: Object.fromEntries(report.tasks.map(({ task, state }) => [task, state])) };
}

test('it runs here to its end, within its policy: what the stores have taken is announced', async () => {
  const { report, ends } = await run(DAY);
  expect(report.denials).toEqual([]);
  expect([report.status, report.cause]).toEqual(['SUCCEEDED', undefined]);
  expect(new Set(Object.values(ends))).toEqual(new Set(['success']));
  const stores = [
    { store: 'bern', revenue: 45 },
    { store: 'zurich', revenue: 16.25 },
  ];
  const seen = JSON.stringify(await (await fetch(`${messages.url}/_ministack/sqs/messages`)).json());
  expect(seen).toContain(JSON.stringify(JSON.stringify({ day: DAY, receipts: 3, stores })));
}, 600_000);

test('on a day without files all that follows is skipped', async () => {
  const { report, ends } = await run('2026-02-01');
  expect(report.status).toBe('SUCCEEDED');
  const { uploads, ...others } = ends;
  expect([uploads, new Set(Object.values(others))]).toEqual(['success', new Set(['skipped'])]);
}, 600_000);

test('on serve its functions run, and the services are mocked', async () => {
  const { tasks } = JSON.parse(await read('manifest.json')) as Manifest;
  const mocked = tasks.filter(({ id }) => !['uploads', 'latest', 'receipts'].includes(id));
  const samples = Object.entries(Object.assign({}, ...mocked.map((task) => task.samples ?? {}))) as [string, Json][];
  const config = {
    StateMachines: {
      [DAG]: { TestCases: { Functions: Object.fromEntries(samples.map(([state]) => [state, state])) } },
    },
    MockedResponses: Object.fromEntries(samples.map(([state, Return]) => [state, { '0-9': { Return } }])),
  };
  await writeFiles(project, { 'MockConfigFile.json': JSON.stringify(config) });
  const { sfn, stop } = await startServer({ project, mocks: join(project, 'MockConfigFile.json') });
  try {
    const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${DAG}_${name}:c-0123456789abcdef`;
    const definition = fillText(await read('step_function.json'), {
      ...{ lake: 'my-lake', glueRole: 'glue-jobs', alerts: topic, machine: DAG, partition: 'aws' },
      ...{ region: 'us-east-1', account: ACCOUNT, assets: 's3://artifacts/code' },
      ...{ function_latest: arnOf('latest'), function_receipts: arnOf('receipts') },
    });
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name: DAG, definition, roleArn: ROLE }));
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}#Functions`, input: JSON.stringify(input(DAY)) }),
    );
    const described = () => sfn.send(new DescribeExecutionCommand({ executionArn }));
    while ((await described()).status === 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 200));
    const ended = await until(described, ({ status }) => status !== 'RUNNING');
    expect([ended.status, ended.cause]).toEqual(['SUCCEEDED', undefined]);
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    const payloads = events.flatMap(({ taskSucceededEventDetails: one }) => {
      const { Payload } = JSON.parse(one?.output ?? '{}') as { Payload?: Json };
      return Payload === undefined ? [] : [Payload];
    });
    expect(payloads).toEqual([
      { day: DAY, files: [`inbox/sales/${DAY}/bern.csv`, `inbox/sales/${DAY}/zurich.2.csv`] },
      { rows: 3, path: `s3://my-lake/staged/sales/${DAY}/receipts.parquet` },
    ]);
  } finally {
    await stop();
  }
}, 600_000);

test('it is deployed with its functions and their roles, and rolled back with them', async () => {
  const environment = { ...ENVIRONMENT, env: { lake: 'my-lake', glueRole: 'managed', alerts: topic } };
  const now = () => new Date('2026-01-01T00:00:00Z');
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 200)));
  const options = { project, dist: join(project, 'dist'), dag: DAG, environment, now, sleep };
  await deploy(options);
  const first = await calledFunctions(server.url, DAG);
  expect(first).toEqual({
    latest: expect.stringMatching(/:function:store_sales_latest:c-/),
    receipts: expect.stringMatching(/:function:store_sales_receipts:c-/),
  });
  const iam = new IAM({ region: REGION, endpoint: server.url, credentials: ROOT });
  const { Roles = [] } = await iam.listRoles({});
  const ofFunctions = Roles.filter(({ RoleName }) => RoleName?.includes('-fn-'));
  expect(ofFunctions.map(({ RoleName }) => RoleName).sort()).toEqual([
    'dagwright-store_sales-fn-latest',
    'dagwright-store_sales-fn-receipts',
  ]);
  for (const { AssumeRolePolicyDocument } of ofFunctions)
    expect(decodeURIComponent(AssumeRolePolicyDocument!)).toContain('lambda.amazonaws.com');
  iam.destroy();
  expect(isEmpty(await plan(options))).toBe(true);

  const source = await readFile(join(project, 'functions/latest-uploads.ts'), 'utf8');
  await compileIn(project, { 'functions/latest-uploads.ts': source.replace('No store has', 'Nobody has') });
  await deploy(options);
  const second = await calledFunctions(server.url, DAG);
  expect(second.receipts).toBe(first.receipts);
  expect(second.latest).not.toBe(first.latest);

  await rollback(options);
  expect(await calledFunctions(server.url, DAG)).toEqual(first);
  const kept = Object.keys((await deployedFunctions(server.url)).store_sales_latest!);
  expect(kept).toContain(first.latest!.split(':').at(-1));
  expect(server.aws.denied).toEqual([]);
}, 900_000);
