import { beforeAll, describe, expect, test } from '@jest/globals';
import { Dag, env } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { simulate } from '../../simulate/simulate.ts';
import { emrOnEks } from '../../tasks/index.ts';
import { allows, filled } from '../compiler/evaluate-policy.ts';

const CLUSTER = 'abcdefghijklmnopqrstuvwxy';
const place = 'arn:aws:emr-containers:eu-west-1:111122223333:/virtualclusters';
const values = { partition: 'aws', region: 'eu-west-1', account: '111122223333', machine: 'm', cleanup: 'm-cleanup' };

let files: ReadonlyMap<string, string | Uint8Array>;
const read = (name: string) => JSON.parse(files.get(name) as string);
beforeAll(() => {
  const dag = new Dag('pods', { env: { lake: env.bucket() } });
  dag.task(
    'score',
    emrOnEks.spark({
      virtualCluster: CLUSTER,
      role: 'arn:aws:iam::111122223333:role/pods',
      release: 'emr-7.13.0-latest',
      script: `s3://${dag.env.lake}/jobs/score.py`,
      args: [dag.logicalDate],
      pyFiles: [`s3://${dag.env.lake}/jobs/shared.zip`],
      conf: { 'spark.executor.instances': '4' },
      logs: `s3://${dag.env.lake}/logs/`,
      cloudWatch: { group: '/emr/jobs', prefix: 'pods' },
      tags: { team: 'data' },
    }),
  );
  files = compileDag(dag).files;
});

test('the call has all that it was told, and the execution as a tag', () => {
  const { Resource, Arguments } = read('step_function.json').States.score;
  expect(Resource).toBe('arn:aws:states:::emr-containers:startJobRun.sync');
  expect(Arguments).toEqual({
    Name: '${machine}_score',
    VirtualClusterId: CLUSTER,
    ExecutionRoleArn: 'arn:aws:iam::111122223333:role/pods',
    ReleaseLabel: 'emr-7.13.0-latest',
    JobDriver: {
      SparkSubmitJobDriver: {
        EntryPoint: 's3://${lake}/jobs/score.py',
        EntryPointArguments: ['{% $logicalDate %}'],
        SparkSubmitParameters: '--py-files s3://${lake}/jobs/shared.zip --conf spark.executor.instances=4',
      },
    },
    ConfigurationOverrides: {
      MonitoringConfiguration: {
        S3MonitoringConfiguration: { LogUri: 's3://${lake}/logs/' },
        CloudWatchMonitoringConfiguration: { LogGroupName: '/emr/jobs', LogStreamNamePrefix: 'pods' },
      },
    },
    Tags: { 'dagwright:execution': '{% $states.context.Execution.Id %}', team: 'data' },
  });
});

describe('the policy', () => {
  const may = (action: string, resource: string, context?: Record<string, string>) =>
    allows(filled(files.get('policy.json') as string, values), {
      action: `emr-containers:${action}`,
      resource,
      ...(context && { context }),
    });

  test('lets the machine run jobs on this virtual cluster and on no other', () => {
    expect(may('StartJobRun', `${place}/${CLUSTER}`)).toBe(true);
    expect(may('StartJobRun', `${place}/zzzz`)).toBe(false);
    expect(may('DescribeJobRun', `${place}/${CLUSTER}/jobruns/0`)).toBe(true);
    expect(may('CancelJobRun', `${place}/${CLUSTER}/jobruns/0`)).toBe(true);
    expect(may('CancelJobRun', `${place}/zzzz/jobruns/0`)).toBe(false);
    expect(may('DeleteVirtualCluster', `${place}/${CLUSTER}`)).toBe(false);
  });

  test('lets it tag a job with its own execution alone', () => {
    const tag = (execution: string) => ({ 'aws:RequestTag/dagwright:execution': execution });
    const own = 'arn:aws:states:eu-west-1:111122223333:execution:m:e';
    expect(may('TagResource', `${place}/${CLUSTER}/jobruns/0`, tag(own))).toBe(true);
    expect(may('TagResource', `${place}/${CLUSTER}/jobruns/0`, tag('mine'))).toBe(false);
  });
});

test('a job that fails fails the task, and the cleanup machine ends what is left', async () => {
  const error = { Error: 'States.TaskFailed', Cause: '{"State":"FAILED","FailureReason":"USER_ERROR"}' };
  const { status, error: name } = await simulate(read('step_function.json'), {
    mocks: { score: { '0': { Throw: error } } },
  } as never);
  expect([status, name]).toEqual(['FAILED', 'States.TaskFailed']);
  expect(files.get('cleanup.json')).toContain('aws-sdk:emrcontainers:cancelJobRun');
});

test.each([
  [{ virtualCluster: 'My Cluster' }, /DAG006 .*the id of a virtual cluster/],
  [{ release: 'emr-7.13.0' }, /DAG006 .*a release of EMR on EKS/],
  [{ role: 'pods' }, /DAG006 .*the ARN of one/],
  [{ job_driver: {} }, /DAG085 .*job_driver/],
  [{ script: undefined }, /DAG088 .*script/],
])('%j is refused', (wrong, told) => {
  const right = {
    virtualCluster: CLUSTER,
    role: 'arn:aws:iam::111122223333:role/pods',
    release: 'emr-7.13.0-latest',
    script: 's3://b/x.py',
  };
  expect(() => emrOnEks.spark({ ...right, ...wrong } as never)).toThrow(told);
});
