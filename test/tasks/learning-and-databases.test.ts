import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { cloudformation, dms, rds, sagemaker } from '../../tasks/index.ts';
import { logs } from '../../tasks/sagemaker/logs.ts';
import { type Ministack, startMinistack } from '../aws/ministack.ts';
import { allows, filled } from '../compiler/evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const ACCOUNT = '111122223333';
const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: ACCOUNT,
  machine: 'm',
  cleanup: 'm-cleanup',
  lake: 'lake',
  jobs: 'jobs',
  stacks: `arn:aws:iam::${ACCOUNT}:role/stacks`,
  replication: `arn:aws:dms:eu-west-1:${ACCOUNT}:task:A`,
  key: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k`,
};
const own = `arn:aws:states:eu-west-1:${ACCOUNT}:execution:m:e`;
const ofExecution = (execution: string) => ({ 'aws:ResourceTag/dagwright:execution': execution });

let files: ReadonlyMap<string, string | Uint8Array>;
beforeAll(async () => {
  const { compiled } = await compileFolder(join(root, 'test/cases/machine-learning'), root, ['machine_learning']);
  files = compiled[0]!.files;
});
const may = (action: string, resource: string, context?: Record<string, string>, file = 'policy.json') =>
  allows(filled(files.get(file) as string, values), { action, resource, ...(context && { context }) });

describe('the policy of SageMaker’s tasks', () => {
  const job = (kind: string, name: string) => `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:${kind}/${name}`;

  test.each([
    ['Training', 'training-job', 'train'],
    ['Processing', 'processing-job', 'features'],
    ['Transform', 'transform-job', 'score'],
  ])('lets the machine make a %s job, and ask and stop its own alone', (kind, resource, task) => {
    const made = job(resource, `${task}-0a1b`);
    expect(may(`sagemaker:Create${kind}Job`, made)).toBe(true);
    expect(may(`sagemaker:Create${kind}Job`, job(resource, 'neighbour-0a1b'))).toBe(false);
    for (const action of ['Describe', 'Stop']) {
      expect(may(`sagemaker:${action}${kind}Job`, made, ofExecution(own))).toBe(true);
      expect(may(`sagemaker:${action}${kind}Job`, made, ofExecution(own.replace(':m:', ':other:')))).toBe(false);
      expect(may(`sagemaker:${action}${kind}Job`, made)).toBe(false);
    }
    expect(may(`sagemaker:Stop${kind}Job`, made, ofExecution(own), 'cleanup_policy.json')).toBe(true);
  });

  test('lets it make and update the endpoint of this name, and delete none', () => {
    for (const action of ['CreateEndpoint', 'UpdateEndpoint', 'DescribeEndpoint']) {
      expect(may(`sagemaker:${action}`, job('endpoint', 'churn'))).toBe(true);
      expect(may(`sagemaker:${action}`, job('endpoint', 'other'))).toBe(false);
    }
    expect(may('sagemaker:DeleteEndpoint', job('endpoint', 'churn'))).toBe(false);
    expect(may('sagemaker:CreateEndpointConfig', job('endpoint-config', 'serve-0a1b'))).toBe(true);
  });

  test('of the role: who assumes it, the buckets, the image, the log, the key', () => {
    const { jobs } = (JSON.parse(files.get('manifest.json') as string) as Manifest).env;
    expect(jobs!.assumedBy).toEqual(['export.rds.amazonaws.com', 'sagemaker.amazonaws.com']);
    const can = (action: string, resource: string) =>
      allows(filled(JSON.stringify(jobs!.policy), values), { action, resource });
    expect(can('s3:PutObject', 'arn:aws:s3:::lake/models/x')).toBe(true);
    expect(can('s3:GetObject', 'arn:aws:s3:::other/x')).toBe(false);
    expect(can('ecr:BatchGetImage', 'arn:aws:ecr:us-east-1:683313688378:repository/sagemaker-xgboost')).toBe(true);
    const log = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/sagemaker/TrainingJobs:log-stream:x`;
    expect(can('logs:PutLogEvents', log)).toBe(true);
    expect(can('kms:CreateGrant', values.key)).toBe(true);
    expect(can('iam:PassRole', values.stacks)).toBe(false);
  });
});

test('the policy names this stack, this replication task, and whom a role is handed to', () => {
  const stack = (name: string) => `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/${name}/1`;
  expect(may('cloudformation:UpdateStack', stack('learning-network'))).toBe(true);
  expect(may('cloudformation:UpdateStack', stack('other'))).toBe(false);
  expect(may('cloudformation:DeleteStack', stack('learning-network'))).toBe(false);
  expect(may('s3:GetObject', 'arn:aws:s3:::lake/templates/network.yaml')).toBe(true);
  expect(may('dms:StopReplicationTask', values.replication)).toBe(true);
  expect(may('dms:StartReplicationTask', values.replication.replace(':A', ':B'))).toBe(false);
  const passed = (to: string) => ({ 'iam:PassedToService': `${to}.amazonaws.com` });
  expect(may('iam:PassRole', values.stacks, passed('cloudformation'))).toBe(true);
  expect(may('iam:PassRole', values.stacks, passed('sagemaker'))).toBe(false);
  expect(may('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/jobs`, passed('export.rds'))).toBe(true);
});

describe('the log of a job', () => {
  let ministack: Ministack;
  beforeAll(async () => {
    ministack = await startMinistack();
  });
  afterAll(() => ministack.stop());

  const read = (client: CloudWatchLogs, TrainingJobName: string) =>
    logs['sagemaker:createTrainingJob']!(
      { action: 'sagemaker:createTrainingJob', parameters: { TrainingJobName }, said: '', failed: true },
      { logs: async () => client } as never,
      [],
    );

  test('is the streams that begin with its name', async () => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new CloudWatchLogs({ endpoint: ministack.url, region: 'us-east-1', credentials });
    const logGroupName = '/aws/sagemaker/TrainingJobs';
    expect(await read(client, 'train-1')).toMatchObject([{ lines: [], hint: expect.stringContaining('train-1') }]);
    await client.createLogGroup({ logGroupName });
    for (const logStreamName of ['train-1/algo-1-17', 'train-1/algo-2-17', 'train-12/algo-1-17']) {
      await client.createLogStream({ logGroupName, logStreamName });
      const logEvents = [{ timestamp: Date.now(), message: `in ${logStreamName}` }];
      await client.putLogEvents({ logGroupName, logStreamName, logEvents });
    }
    const written = await read(client, 'train-1');
    expect(written.map(({ lines }) => lines)).toEqual([['in train-1/algo-1-17'], ['in train-1/algo-2-17']]);
    client.destroy();
  });
});

describe('is refused', () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/r`;
  const train = { image: 'i', role, output: 's3://b/m/', instanceType: 'ml.m5.large' };
  test.each([
    [{ instanceType: 'm5.large' }, /DAG006 .*a type of instance as SageMaker has them/],
    [{ image: undefined }, /DAG170 .*neither image nor algorithm/],
    [{ algorithm: 'a' }, /DAG170 .*both given/],
    [{ checkpoints: 's3://b/c/' }, /DAG170 .*nothing takes the instances away/],
    [{ subnets: ['subnet-1'] }, /DAG170 .*subnets is given without securityGroups/],
    [{ inputs: { train: 'gold/' } }, /DAG006 .*inputs/],
    [{ name: 'a'.repeat(27) }, /DAG006 .*26/],
    [{ resource_config: {} }, /DAG085 .*resource_config/],
    [{ role: 'training' }, /DAG006 .*the ARN of one/],
    [{ maxRunTime: 3600 }, /DAG085 .*maxRunTime/],
  ])('sagemaker.train with %j', (wrong, told) => {
    expect(() => sagemaker.train({ ...train, ...wrong } as never)).toThrow(told);
  });

  test.each([
    [() => sagemaker.endpoint({ name: 'e', model: 'm' }), /DAG170 .*nothing says on what the model runs/],
    [() => sagemaker.endpoint({ name: 'e', config: 'c', model: 'm' }), /DAG170 .*config and model are given/],
    [() => sagemaker.endpoint({ name: 'my_endpoint', config: 'c' }), /DAG006 .*63/],
    [
      () =>
        sagemaker.transform({
          model: 'm',
          input: 's3://b/',
          output: 's3://b/',
          instanceType: 'ml.m5.large',
          strategy: 'MultiRecord',
        }),
      /DAG170 .*not split/,
    ],
    [() => cloudformation.stack({ name: 'a_b', template: 's3://b/s.yaml', role }), /DAG006 .*letters, digits/],
    [() => cloudformation.stack({ name: 'a', template: 'stack.yaml', role }), /DAG006 .*S3/],
    [() => cloudformation.stack({ name: 'a', templateBody: '{}', role } as never), /DAG085 .*templateBody/],
    [() => cloudformation.stack({ name: 'a', template: 's3://b/s.yaml' } as never), /DAG088 .*role/],
    [
      () =>
        rds.exportSnapshot({ snapshot: 'shop', to: 's3://b/', role, kmsKey: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k` }),
      /DAG006 .*the ARN of a snapshot/,
    ],
    [
      () =>
        rds.exportSnapshot({ snapshot: `arn:aws:rds:eu-west-1:${ACCOUNT}:snapshot:s`, to: 's3://b/', role } as never),
      /DAG088 .*kmsKey/,
    ],
    [() => dms.task({ task: 'shop' }), /DAG006 .*the ARN of a replication task/],
    [() => dms.task({ replicationTaskArn: 'x' } as never), /DAG085 .*replicationTaskArn/],
  ])('%s', (wrong, told) => {
    expect(wrong).toThrow(told);
  });
});
