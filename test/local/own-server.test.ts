import { cp, readFile, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { SESv2 } from '@aws-sdk/client-sesv2';
import { SNS } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { Dag, env, param } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { runLocally } from '../../local/run.ts';
import { aws } from '../../tasks/index.ts';
import { type Ministack, startMinistack, useEndpoint } from '../aws/ministack.ts';
import { runOptions } from './pipeline.ts';
import { folderWith, machine, REPOSITORY, repositoryPython, resultOf } from './support.ts';

const REGION = 'us-east-1';
/** Ministack's account is the one that a key of digits names: this machine's own. */
const ACCOUNT = '123456789012';
let ministack: Ministack;
beforeAll(async () => {
  ministack = await startMinistack();
  useEndpoint(ministack.url);
  process.env.AWS_ACCESS_KEY_ID = ACCOUNT;
}, 300_000);
afterAll(() => ministack.stop());

/** Writes a report, and then sends a mail and announces it, where the params say to whom. */
function announced(): Dag {
  const dag = new Dag('announced', {
    env: { lake: env.bucket() },
    params: { mailTo: param.string({ default: '' }), topic: param.string({ default: '' }) },
  });
  const [bucket, key] = [dag.env.lake, 'consultas/report.html'];
  const put = { Bucket: bucket, Key: key, Body: '<p>twelve answers</p>' };
  const report = dag.task('report', aws({ service: 's3', action: 'putObject', parameters: put }));
  const text = `The report is at s3://${bucket}/${key}`;
  const { mailTo, topic } = dag.params;
  const mail = aws({
    service: 'sesv2',
    action: 'sendEmail',
    parameters: {
      FromEmailAddress: 'data@example.com',
      Destination: { ToAddresses: [mailTo] },
      Content: { Simple: { Subject: { Data: 'Respostas: é o relatório' }, Body: { Text: { Data: text } } } },
    },
  });
  dag.task('mail', mail).after(dag.shortCircuit('by_mail', () => mailTo !== '').after(report));
  const announce = aws({
    service: 'sns',
    action: 'publish',
    parameters: {
      TopicArn: topic,
      Subject: 'The report',
      Message: text,
      MessageAttributes: { dag: { DataType: 'String', StringValue: 'announced' } },
    },
  });
  dag.task('announce', announce).after(dag.shortCircuit('by_topic', () => topic !== '').after(report));
  return dag;
}

async function run(params: Record<string, string>, variables: NodeJS.ProcessEnv) {
  const project = await folderWith({
    'package.json': '{}',
    'dagwright.yaml': 'local:\n  env: { lake: my-lake }\n',
    'input.json': JSON.stringify({ params }),
  });
  const made = withLoading({ root: project }, () => compileDag(announced()));
  writeDist(join(project, 'dist'), new Map([[made.dag, made.files]]), true);
  const { AWS_ENDPOINT_URL: _, ...rest } = process.env;
  const input = join(project, 'input.json');
  const options = { ...runOptions(project, 'announced'), env: { ...rest, ...variables }, input, enforcePolicy: true };
  const report = await runLocally(options);
  return { report, states: Object.fromEntries(report.tasks.map(({ task, state }) => [task, state])) };
}

async function asked(path: string): Promise<Record<string, Json>> {
  const answer = await fetch(`${ministack.url}/_ministack/${path}`);
  return (await answer.json()) as Record<string, Json>;
}

/** Makes an address that may send and a topic; what is published there is seen in a queue. Answers the topic. */
async function receivers(): Promise<string> {
  const [sns, ses] = [new SNS({ region: REGION }), new SESv2({ region: REGION })];
  await ses.createEmailIdentity({ EmailIdentity: 'data@example.com' });
  const { TopicArn } = await sns.createTopic({ Name: 'reports' });
  const form = new URLSearchParams({ Action: 'CreateQueue', QueueName: 'seen', Version: '2012-11-05' });
  expect((await fetch(`${ministack.url}/`, { method: 'POST', body: form, headers: headersOf('sqs') })).ok).toBe(true);
  const Endpoint = `arn:aws:sqs:${REGION}:${ACCOUNT}:seen`;
  await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'false' } });
  for (const client of [sns, ses]) client.destroy();
  return TopicArn!;
}

const urls = () => ({ AWS_ENDPOINT_URL_SESV2: ministack.url, AWS_ENDPOINT_URL_SNS: ministack.url });

describe('a run that sends its report', () => {
  test('by SES and SNS, at the servers that the environment names', async () => {
    const topic = await receivers();
    const { report, states } = await run({ mailTo: 'client@example.com', topic }, urls());
    expect([states.mail, states.announce, report.denials]).toEqual(['success', 'success', []]);
    const text = 'The report is at s3://my-lake/consultas/report.html';
    const { messages: mails } = await asked('ses/messages');
    expect(Object.values(mails as object).flat()).toMatchObject([
      {
        ...{ Source: 'data@example.com', To: ['client@example.com'], CC: [], BCC: [] },
        ...{ Subject: 'Respostas: é o relatório', BodyText: text },
      },
    ]);
    const seen = JSON.stringify(await asked('sqs/messages'));
    expect(seen.match(/The report is at/g)).toHaveLength(1);
    expect(seen).toContain(text);
    expect(seen).toContain('announced');
  }, 120_000);

  test('or neither where it is not configured', async () => {
    await ministack.reset();
    const { report, states } = await run({}, { AWS_ENDPOINT_URL: ministack.url });
    expect([report.status, states.mail, states.announce]).toEqual(['SUCCEEDED', 'skipped', 'skipped']);
    expect(Object.values((await asked('ses/messages')).messages as object).flat()).toEqual([]);
  });

  test('and fails where no server is named', async () => {
    const { report, states } = await run({ mailTo: 'client@example.com' }, {});
    expect([report.status, states.mail]).toEqual(['FAILED', 'failed']);
    expect(report.tasks.find(({ task }) => task === 'mail')!.cause).toContain('AWS_ENDPOINT_URL_SESV2');
  });
});

test('examples/dags/client_report.ts makes the report of the pipeline’s answers, mails it and announces it', async () => {
  await ministack.reset();
  const topic = await receivers();
  await repositoryPython();
  const env = `lake: my-lake, reportRole: report, mailFrom: data@example.com, alerts: '${topic}'`;
  const project = await folderWith({
    'package.json': '{}',
    'dagwright.yaml': `local:\n  env: { ${env} }\n`,
    'requirements.txt': await readFile(join(REPOSITORY, 'requirements.txt'), 'utf8'),
    'input.json': '{"params": {"mailTo": "client@example.com"}, "logical_date": "2026-01-31T00:00:00Z"}',
    '.dagwright/local/s3/my-lake/consultas/04_netflix_year_with_most_films/a.csv':
      '"year","film_count"\n"2004","1436"\n',
  });
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  await symlink(join(REPOSITORY, 'spark'), join(project, 'spark'));
  await cp(join(REPOSITORY, 'examples/dist/client_report'), join(project, 'dist/client_report'), { recursive: true });
  const { AWS_ENDPOINT_URL: _, ...rest } = process.env;
  const report = await runLocally({
    ...runOptions(project, 'client_report'),
    env: { ...rest, ...urls() },
    input: join(project, 'input.json'),
    enforcePolicy: true,
  });
  expect([report.status, report.denials]).toEqual(['SUCCEEDED', []]);
  const page = await readFile(join(project, '.dagwright/local/s3/my-lake/consultas/report.html'), 'utf8');
  expect(page).toContain('2004, with 1,436 films on Netflix.');
  const subject = 'The answers of 2026-01-31T00:00:00Z';
  const { messages: mails } = await asked('ses/messages');
  expect(Object.values(mails as object).flat()).toMatchObject([
    {
      ...{ Source: 'data@example.com', To: ['client@example.com'], Subject: subject },
      BodyText: 'Your report is ready: s3://my-lake/consultas/report.html',
    },
  ]);
  const seen = JSON.stringify(await asked('sqs/messages'));
  expect(seen.match(/s3:\/\/my-lake\/consultas\/report\.html/g)).toHaveLength(1);
  expect(seen).toContain(subject);
}, 120_000);

/** Some servers read the service from where the signature stands. */
function headersOf(service: string): Record<string, string> {
  const scope = `${ACCOUNT}/20260101/${REGION}/${service}/aws4_request`;
  return { Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=local` };
}

describe('a call', () => {
  const call = async (resource: string, args: Json, AWS_ENDPOINT_URL = ministack.url) =>
    (await machine({ env: { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID: ACCOUNT } })).call(
      `arn:aws:states:::${resource}`,
      args,
    );

  test('has the names of the service, and its answer those of Step Functions', async () => {
    const group = { LogGroupName: '/own/server', Tags: { team: 'Data' } };
    expect(resultOf(await call('aws-sdk:cloudwatchlogs:createLogGroup', group))).toEqual({});
    const asks = { LogGroupNamePrefix: '/own' };
    expect(resultOf(await call('aws-sdk:cloudwatchlogs:describeLogGroups', asks))).toMatchObject({
      LogGroups: [{ LogGroupName: '/own/server', StoredBytes: 0 }],
    });
    const logs = new CloudWatchLogs({ region: REGION });
    expect((await logs.listTagsLogGroup({ logGroupName: '/own/server' })).tags).toEqual({ team: 'Data' });
    logs.destroy();
  });

  test('of the optimized integration takes JSON for a text', async () => {
    const { TopicArn } = resultOf(await call('aws-sdk:sns:createTopic', { Name: 'json' })) as { TopicArn: string };
    expect(resultOf(await call('sns:publish', { TopicArn, Message: { rows: 3 } }))).toMatchObject({
      MessageId: expect.any(String),
    });
  });

  test('that the service refuses, or that nobody answers, has an error by its name', async () => {
    const TopicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:nowhere`;
    const publish = { TopicArn, Message: 'x' };
    expect(await call('aws-sdk:sns:publish', publish)).toMatchObject({ error: 'Sns.NotFoundException' });
    expect(await call('sns:publish', publish)).toMatchObject({ error: 'SNS.NotFoundException' });
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => closed.once('listening', done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    expect(await call('aws-sdk:sns:publish', publish, `http://127.0.0.1:${port}`)).toMatchObject({
      error: 'Sns.SdkClientException',
      cause: expect.stringContaining('Unable to execute HTTP request'),
    });
  });

  test('of a service whose client is not installed names the package', async () => {
    expect(await call('aws-sdk:xray:getGroups', {})).toMatchObject({
      error: 'States.TaskFailed',
      cause: expect.stringContaining('@aws-sdk/client-xray'),
    });
  });

  test('that waits for more than the service’s answer is not made', async () => {
    const queue = { QueueUrl: `${ministack.url}/${ACCOUNT}/q`, MessageBody: 'x' };
    expect(await call('sqs:sendMessage.waitForTaskToken', queue)).toMatchObject({
      cause: expect.stringContaining('No engine on this machine runs'),
    });
  });
});
