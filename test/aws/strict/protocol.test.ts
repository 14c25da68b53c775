import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callOf } from './protocol/call.ts';
import { refusal, throttled } from './protocol/refusal.ts';

/** What the SDK sends is read as what it was asked for; and what is refused, the SDK reads as its own error. */
const server = createServer(async (incoming, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = incoming;
  const call = (await callOf({ method, url, headers, body: Buffer.concat(chunks) }))!;
  seen = call;
  const answer =
    mode === 'throttle'
      ? throttled(call)
      : refusal(call, { code: `${call.operation}Refused`, message: 'No <this> & that' });
  response.writeHead(answer.status, answer.headers).end(answer.body);
});
let seen: unknown;
let mode: 'refuse' | 'throttle' = 'refuse';
const config = () => ({
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'ANN', secretAccessKey: 'x' },
  maxAttempts: 1,
});
let clients: ReturnType<typeof make>;
const make = () => ({
  s3: new S3({ ...config(), forcePathStyle: true }),
  iam: new IAM(config()),
  sfn: new SFN(config()),
  events: new EventBridge(config()),
  scheduler: new Scheduler(config()),
  cloudwatch: new CloudWatch(config()),
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clients = make();
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

type Clients = typeof clients;
const CALLS: readonly (readonly [operation: string, parameters: object, call: (of: Clients) => Promise<unknown>])[] = [
  ['ListObjectsV2', { Bucket: 'b', Prefix: 'a/' }, ({ s3 }) => s3.listObjectsV2({ Bucket: 'b', Prefix: 'a/' })],
  ['ListBuckets', {}, ({ s3 }) => s3.listBuckets({})],
  ['CreateBucket', { Bucket: 'b' }, ({ s3 }) => s3.createBucket({ Bucket: 'b' })],
  ['GetBucketLocation', { Bucket: 'b' }, ({ s3 }) => s3.getBucketLocation({ Bucket: 'b' })],
  ['HeadBucket', { Bucket: 'b' }, ({ s3 }) => s3.headBucket({ Bucket: 'b' })],
  ['GetObject', { Bucket: 'b', Key: 'a/ü c' }, ({ s3 }) => s3.getObject({ Bucket: 'b', Key: 'a/ü c' })],
  ['HeadObject', { Bucket: 'b', Key: 'k' }, ({ s3 }) => s3.headObject({ Bucket: 'b', Key: 'k' })],
  [
    'PutObject',
    { Bucket: 'b', Key: 'k', IfNoneMatch: '*', ExpectedBucketOwner: '1' },
    ({ s3 }) => s3.putObject({ Bucket: 'b', Key: 'k', Body: 'x', IfNoneMatch: '*', ExpectedBucketOwner: '1' }),
  ],
  ['CreateMultipartUpload', { Bucket: 'b', Key: 'k' }, ({ s3 }) => s3.createMultipartUpload({ Bucket: 'b', Key: 'k' })],
  [
    'UploadPart',
    { Bucket: 'b', Key: 'k', PartNumber: '2', UploadId: 'u' },
    ({ s3 }) => s3.uploadPart({ Bucket: 'b', Key: 'k', PartNumber: 2, UploadId: 'u', Body: 'x' }),
  ],
  [
    'CompleteMultipartUpload',
    { Bucket: 'b', Key: 'k', UploadId: 'u' },
    ({ s3 }) => s3.completeMultipartUpload({ Bucket: 'b', Key: 'k', UploadId: 'u', MultipartUpload: { Parts: [] } }),
  ],
  [
    'AbortMultipartUpload',
    { Bucket: 'b', Key: 'k', UploadId: 'u' },
    ({ s3 }) => s3.abortMultipartUpload({ Bucket: 'b', Key: 'k', UploadId: 'u' }),
  ],
  ['ListMultipartUploads', { Bucket: 'b' }, ({ s3 }) => s3.listMultipartUploads({ Bucket: 'b' })],
  [
    'DeleteObjects',
    { Bucket: 'b', Keys: ['x', 'y'] },
    ({ s3 }) => s3.deleteObjects({ Bucket: 'b', Delete: { Objects: [{ Key: 'x' }, { Key: 'y' }] } }),
  ],
  [
    'CreateRole',
    { RoleName: 'r', Tags: [{ Key: 'a', Value: '1' }], AssumeRolePolicyDocument: '{"a": 1}' },
    ({ iam }) =>
      iam.createRole({ RoleName: 'r', Tags: [{ Key: 'a', Value: '1' }], AssumeRolePolicyDocument: '{"a": 1}' }),
  ],
  [
    'SimulatePrincipalPolicy',
    { PolicySourceArn: 'arn', ActionNames: ['a', 'b'] },
    ({ iam }) => iam.simulatePrincipalPolicy({ PolicySourceArn: 'arn', ActionNames: ['a', 'b'] }),
  ],
  ['StartExecution', { stateMachineArn: 'm' }, ({ sfn }) => sfn.startExecution({ stateMachineArn: 'm' })],
  ['PutTargets', { Rule: 'r', Targets: [] }, ({ events }) => events.putTargets({ Rule: 'r', Targets: [] })],
  [
    'GetSchedule',
    { Name: 's', GroupName: 'g' },
    ({ scheduler }) => scheduler.getSchedule({ Name: 's', GroupName: 'g' }),
  ],
  [
    'CreateSchedule',
    { Name: 's', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: 'a', RoleArn: 'r' } },
    ({ scheduler }) =>
      scheduler.createSchedule({
        ...{ Name: 's', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: 'a', RoleArn: 'r' } },
        ScheduleExpression: 'rate(1 day)',
      }),
  ],
  ['DescribeAlarms', { AlarmNames: ['a'] }, ({ cloudwatch }) => cloudwatch.describeAlarms({ AlarmNames: ['a'] })],
];

test.each(CALLS)('%s', async (operation, parameters, call) => {
  mode = 'refuse';
  const error = (await call(clients).catch((reason: unknown) => reason)) as Error & { Code?: string };
  expect(seen).toMatchObject({ operation, parameters, accessKey: 'ANN', region: 'eu-west-1' });
  // What HEAD is answered has no body, and so no name.
  if (!operation.startsWith('Head'))
    expect([error.name, error.message]).toEqual([`${operation}Refused`, 'No <this> & that']);
  mode = 'throttle';
  const throttling = (await call(clients).catch((reason: unknown) => reason)) as Error & { $retryable?: object };
  if (!operation.startsWith('Head'))
    expect(throttling.name).toMatch(/^(ThrottlingException|Throttling|SlowDown|LimitExceeded.*)$/);
});
