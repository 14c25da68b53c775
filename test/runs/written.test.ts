import { gzipSync } from 'node:zlib';
import { Athena } from '@aws-sdk/client-athena';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EMR } from '@aws-sdk/client-emr';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Ministack, startMinistack } from '../aws/ministack.ts';
import { until } from '../endpoint/support.ts';
import { INSTANT, type Project, projectOn, type SmallDag } from './support.ts';

/** What services wrote of a task is not in the least policy of whoever operates. */
const ADMIN = { arn: 'arn:aws:iam::000000000000:root' };
const CLUSTER = 'j-2AXXXXXXGAPLF';
const STEP = 's-1K2L3M4N5O6P7';
const QUERY = '01234567-89ab-cdef-0123-456789abcdef';
const APPLICATION = '00f1r0kqvbfhs01d';
const SPARK_RUN = '00f1r2l3ghd8ql0f';
const JOB_RUN = 'jr_0123456789abcdef';

const task = (service: string, Parameters: object) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${service}`,
  Parameters,
});

/** One task a service, each in a branch, each of which fails as the mocks say. */
const PIPELINE: SmallDag = {
  id: 'pipeline',
  definition: {
    StartAt: 'cluster',
    States: {
      cluster: {
        ...task('elasticmapreduce:createCluster.sync', {
          Name: 'c',
          LogUri: 's3n://my-logs/emr/',
          Instances: { KeepJobFlowAliveWhenNoSteps: true },
          ReleaseLabel: 'emr-7.13.0',
        }),
        Next: 'all',
      },
      all: {
        Type: 'Parallel',
        End: true,
        Branches: [
          [
            'step',
            task('elasticmapreduce:addStep.sync', {
              ClusterId: CLUSTER,
              Step: { Name: 'step', HadoopJarStep: { Jar: 'command-runner.jar', Args: ['true'] } },
            }),
          ],
          ['question', task('athena:startQueryExecution.sync', { QueryString: 'SELECT', WorkGroup: 'primary' })],
          ['job', task('glue:startJobRun.sync', { JobName: 'my-job' })],
          [
            'spark',
            task('emr-serverless:startJobRun.sync', {
              ApplicationId: APPLICATION,
              ExecutionRoleArn: 'arn:aws:iam::123456789012:role/spark',
              ConfigurationOverrides: {
                MonitoringConfiguration: {
                  S3MonitoringConfiguration: { LogUri: 's3://my-logs/serverless/' },
                  CloudWatchLoggingConfiguration: { Enabled: true, LogStreamNamePrefix: 'nightly' },
                },
              },
            }),
          ],
          [
            'call',
            task('lambda:invoke', {
              FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:my-function:c-0123',
            }),
          ],
        ].map(([name, state]) => ({
          StartAt: name,
          States: {
            [name as string]: {
              ...(state as object),
              Catch: [{ ErrorEquals: ['States.ALL'], Next: `${name} ended` }],
              Next: `${name} ended`,
            },
            [`${name} ended`]: { Type: 'Pass', End: true },
          },
        })),
      },
    },
  },
  tasks: ['cluster', 'step', 'question', 'job', 'spark', 'call'].map((id) => ({ id })),
};

const throws = (error: string, cause: object) => ({ 0: { Throw: { Error: error, Cause: JSON.stringify(cause) } } });
const MOCKS = {
  StateMachines: {
    pipeline: {
      TestCases: {
        AllFail: { cluster: 'cluster', step: 'step', question: 'question', job: 'job', spark: 'spark', call: 'call' },
      },
    },
  },
  MockedResponses: {
    cluster: { 0: { Return: { ClusterId: CLUSTER } } },
    step: throws('States.TaskFailed', {
      Id: STEP,
      Name: 'step',
      Status: { State: 'FAILED', FailureDetails: { Reason: 'Unknown Error.' } },
    }),
    question: throws('States.TaskFailed', {
      QueryExecution: {
        QueryExecutionId: QUERY,
        ResultConfiguration: { OutputLocation: `s3://my-lake/answers/${QUERY}.csv` },
        Status: { State: 'FAILED', StateChangeReason: 'COLUMN_NOT_FOUND: line 1:8: Column cannot be resolved' },
      },
    }),
    job: throws('States.TaskFailed', {
      Id: JOB_RUN,
      JobName: 'my-job',
      LogGroupName: '/aws-glue/python-jobs',
      ErrorMessage: 'exit code 1',
    }),
    spark: throws('States.TaskFailed', {
      ApplicationId: APPLICATION,
      JobRunId: SPARK_RUN,
      State: 'FAILED',
      StateDetails: 'Job failed, please check complete logs in configured logging destination.',
    }),
    call: throws('ValueError', {
      errorMessage: 'no rows',
      errorType: 'ValueError',
      requestId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      stackTrace: ['  File "/var/task/score.py", line 3, in score\n    raise ValueError("no rows")\n'],
    }),
  },
};

let ministack: Ministack;
let project: Project;
const config = () => ({
  endpoint: ministack.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
beforeAll(async () => {
  ministack = await startMinistack();
  project = await projectOn({ other: ministack.url, mocks: MOCKS, caller: ADMIN }, PIPELINE, INSTANT);
}, 300_000);
afterAll(async () => {
  await project.close();
  await ministack.stop();
});

describe('what the services wrote', () => {
  beforeAll(async () => {
    const s3 = new S3({ ...config(), forcePathStyle: true });
    await s3.createBucket({ Bucket: 'my-logs' });
    const stderr = [...Array.from({ length: 100 }, (_, i) => `line ${i}`), 'Traceback: no such column', ''].join('\n');
    await s3.putObject({ Bucket: 'my-logs', Key: `emr/${CLUSTER}/steps/${STEP}/stderr.gz`, Body: gzipSync(stderr) });
    const driver = `applications/${APPLICATION}/jobs/${SPARK_RUN}/SPARK_DRIVER`;
    const error = gzipSync('AnalysisException: no such path\n');
    await s3.putObject({ Bucket: 'my-logs', Key: `serverless/${driver}/stderr.gz`, Body: error });
    s3.destroy();
    const logs = new CloudWatchLogs(config());
    const stream = { logGroupName: '/aws-glue/python-jobs/error', logStreamName: JOB_RUN };
    await logs.createLogGroup({ logGroupName: stream.logGroupName });
    await logs.createLogStream(stream);
    await logs.putLogEvents({
      ...stream,
      logEvents: [{ timestamp: Date.now(), message: 'ModuleNotFoundError: docx' }],
    });
    const output = { logGroupName: '/aws/emr-serverless', logStreamName: `nightly/${driver}/stdout` };
    await logs.createLogGroup({ logGroupName: output.logGroupName });
    await logs.createLogStream(output);
    await logs.putLogEvents({ ...output, logEvents: [{ timestamp: Date.now(), message: '42 ratings' }] });
    logs.destroy();
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:pipeline#AllFail';
    await project.sfn.send(new StartExecutionCommand({ stateMachineArn, name: '20260101T000000Z-1' }));
    await until(
      async () => (await project.run('status', 'pipeline', '--json')).out,
      (out) => !out.includes('"RUNNING"'),
    );
  });

  test('EMR’s step log from S3, Athena’s error, a Glue job’s log, and how to get the rest', async () => {
    const { code, out, err } = await project.run('logs', 'pipeline');
    expect(err).toBe('');
    expect(code).toBe(0);
    const emr = `s3://my-logs/emr/${CLUSTER}/steps/${STEP}/stderr.gz`;
    expect(out).toContain(`step: EMR step ${STEP} on ${CLUSTER}: stderr (${emr})`);
    expect(out).toMatch(/│ … 61 lines before\n {2}│ line 61\n/);
    expect(out).toContain('│ Traceback: no such column');
    expect(out).toContain(`question: Athena query ${QUERY}`);
    expect(out).toContain('│ FAILED: COLUMN_NOT_FOUND: line 1:8: Column cannot be resolved');
    expect(out).toContain(`│ s3://my-lake/answers/${QUERY}.csv`);
    expect(out).toContain('│ ModuleNotFoundError: docx');
    expect(out).toMatch(/aws logs tail \/aws\/lambda\/my-function --since/);
    expect(out).toContain('│ ValueError: no rows\n');
    expect(out).toContain('│   File "/var/task/score.py", line 3, in score\n');
    const driver = `applications/${APPLICATION}/jobs/${SPARK_RUN}/SPARK_DRIVER`;
    const job = `spark: EMR Serverless job ${SPARK_RUN} on ${APPLICATION}`;
    expect(out).toContain(`${job}: stderr (s3://my-logs/serverless/${driver}/stderr.gz)`);
    expect(out).toContain('│ AnalysisException: no such path');
    expect(out).toContain(`${job} (/aws/emr-serverless nightly/${driver}/stdout)`);
    expect(out).toContain('│ 42 ratings');
  });

  test('of one task, as JSON', async () => {
    const { out } = await project.run('logs', 'pipeline', 'latest', '--task', 'job', '--json');
    expect(JSON.parse(out).written).toEqual([
      {
        task: 'job',
        written: [{ title: expect.stringContaining(`my-job ${JOB_RUN}`), lines: ['ModuleNotFoundError: docx'] }],
      },
    ]);
  });
});

describe('dagwright pause', () => {
  test('disables the schedule and enables it again, and leaves the rest of it as it is', async () => {
    const scheduler = new Scheduler(config());
    const before = {
      Name: 'dagwright-daily',
      GroupName: 'dagwright-daily',
      ScheduleExpression: 'cron(0 0 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Zurich',
      FlexibleTimeWindow: { Mode: 'OFF' as const },
      Description: 'mine',
      Target: {
        Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:daily-start',
        RoleArn: 'arn:aws:iam::123456789012:role/any',
        Input: '{"scheduled_time":"<aws.scheduler.scheduled-time>"}',
      },
    };
    const at = { Name: before.Name, GroupName: before.GroupName };
    const missing = await project.run('pause', 'daily');
    expect(missing.err).toMatch(/OPS013 .*no schedule dagwright-daily/);
    expect(missing.code).toBe(1);
    await scheduler.createScheduleGroup({ Name: before.GroupName });
    await scheduler.createSchedule({ ...before, State: 'ENABLED' });
    expect((await project.run('pause', 'daily')).out).toMatch(/^The schedule of daily is paused\./);
    expect(await scheduler.getSchedule(at)).toMatchObject({ ...before, State: 'DISABLED' });
    expect((await project.run('pause', 'daily')).out).toMatch(/was already paused/);
    expect(JSON.parse((await project.run('pause', 'daily', '--off', '--json')).out)).toMatchObject({
      state: 'ENABLED',
      changed: true,
    });
    expect(await scheduler.getSchedule(at)).toMatchObject({ ...before, State: 'ENABLED' });
    scheduler.destroy();
  });
});

test('a query whose error is not in the history: Athena is asked; a service whose answer cannot be read stops nobody', async () => {
  const emr = new EMR(config());
  const athena = new Athena(config());
  const { JobFlowId: cluster } = await emr.runJobFlow({
    Name: 'shared',
    LogUri: 's3://my-logs/shared/',
    ReleaseLabel: 'emr-7.13.0',
    Instances: { KeepJobFlowAliveWhenNoSteps: true, InstanceCount: 1, MasterInstanceType: 'm5.xlarge' },
    JobFlowRole: 'any',
    ServiceRole: 'any',
  });
  const Steps = [{ Name: 'step', HadoopJarStep: { Jar: 'command-runner.jar', Args: ['true'] } }];
  const { StepIds } = await emr.addJobFlowSteps({ JobFlowId: cluster, Steps });
  const { QueryExecutionId: id } = await athena.startQueryExecution({
    QueryString: 'SELECT 1',
    ResultConfiguration: { OutputLocation: 's3://my-lake/answers/' },
  });
  emr.destroy();
  athena.destroy();
  const shared: SmallDag = {
    id: 'shared',
    definition: {
      StartAt: 'question',
      States: {
        question: {
          ...task('athena:startQueryExecution.sync', { QueryString: 'SELECT 1', WorkGroup: 'primary' }),
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'step' }],
          Next: 'step',
        },
        step: {
          ...task('elasticmapreduce:addStep.sync', {
            ClusterId: cluster,
            Step: { Name: 'step', HadoopJarStep: { Jar: 'command-runner.jar', Args: ['true'] } },
          }),
          End: true,
        },
      },
    },
    tasks: [{ id: 'question' }, { id: 'step' }],
  };
  const mocks = {
    StateMachines: { shared: { TestCases: { Fail: { step: 'step', question: 'question' } } } },
    MockedResponses: {
      step: throws('States.TaskFailed', { Id: StepIds![0] }),
      question: throws('Q', { QueryExecutionId: id }),
    },
  };
  const other = await projectOn({ other: ministack.url, mocks, caller: ADMIN }, shared);
  try {
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:shared#Fail';
    await other.sfn.send(new StartExecutionCommand({ stateMachineArn, name: '20260101T000000Z-1' }));
    const { out } = await other.run('logs', 'shared', '--follow');
    // ministack writes the times of a cluster as text, which the SDK refuses.
    expect(out).toMatch(/step: elasticmapreduce:addStep\n {2}EMR: DescribeCluster /);
    expect(out).toContain(`question: Athena query ${id}`);
    expect(out).toMatch(/│ (SUCCEEDED|QUEUED|RUNNING|FAILED)/);
  } finally {
    await other.close();
  }
});
