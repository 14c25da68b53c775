import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { Dag, env } from '../../authoring/index.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { simulate } from '../../simulate/simulate.ts';
import { emr, emrServerless } from '../../tasks/index.ts';
import { allows, filled } from '../compiler/evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  machine: 'm',
  cleanup: 'm-cleanup',
  lake: 'lake',
  jobRole: 'job',
  reports: '00reports',
};
const arn = (rest: string) => `arn:aws:emr-serverless:eu-west-1:111122223333:/applications/${rest}`;
const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:m:e';
const tag = (kind: 'Request' | 'Resource', value = EXECUTION) => ({ [`aws:${kind}Tag/dagwright:execution`]: value });

let files: ReadonlyMap<string, string | Uint8Array>;
const read = <T>(name: string): T => JSON.parse(files.get(name) as string) as T;
beforeAll(async () => {
  const { compiled } = await compileFolder(join(root, 'test/cases/emr-serverless'), root, ['emr_serverless']);
  files = compiled[0]!.files;
});

describe('the policy', () => {
  const may = (action: string, resource: string, context?: Record<string, string>) =>
    allows(filled(files.get('policy.json') as string, values), {
      action: action.includes(':') ? action : `emr-serverless:${action}`,
      resource,
      ...(context && { context }),
    });

  test('lets the machine make an application that carries its execution, and use and delete such a one', () => {
    expect(may('CreateApplication', '*', tag('Request'))).toBe(true);
    expect(may('CreateApplication', '*')).toBe(false);
    expect(may('TagResource', arn('a'), tag('Request'))).toBe(true);
    for (const action of [
      'GetApplication',
      'StartApplication',
      'StartJobRun',
      'StopApplication',
      'DeleteApplication',
    ]) {
      expect([action, may(action, arn('a'), tag('Resource'))]).toEqual([action, true]);
      expect([action, may(action, arn('a'))]).toEqual([action, false]);
      expect([action, may(action, arn('a'), tag('Resource', 'mine'))]).toEqual([action, false]);
    }
  });

  test('on an application that is there lets it run jobs and nothing else, and end its own jobs alone', () => {
    expect(may('StartJobRun', arn('00reports'))).toBe(true);
    expect(may('DeleteApplication', arn('00reports'))).toBe(false);
    expect(may('CancelJobRun', arn('00reports/jobruns/j'), tag('Resource'))).toBe(true);
    expect(may('CancelJobRun', arn('00reports/jobruns/j'))).toBe(false);
  });

  test('hands the role of the jobs to EMR Serverless alone, and enters the network on its behalf alone', () => {
    const role = 'arn:aws:iam::111122223333:role/job';
    const to = (service: string) => ({ 'iam:PassedToService': `${service}.amazonaws.com` });
    expect(may('iam:PassRole', role, to('emr-serverless'))).toBe(true);
    expect(may('iam:PassRole', role, to('ec2'))).toBe(false);
    const subnet = 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a1b2c3d';
    const via = { 'aws:CalledViaLast': 'ops.emr-serverless.amazonaws.com' };
    expect(may('ec2:CreateNetworkInterface', subnet, via)).toBe(true);
    expect(may('ec2:CreateNetworkInterface', subnet)).toBe(false);
    expect(may('ec2:CreateNetworkInterface', subnet.replace('0a', '0b'), via)).toBe(false);
  });

  test('of the jobs’ role: their scripts, the buckets that they name, and their logs', () => {
    const { jobRole } = read<Manifest>('manifest.json').env;
    expect(jobRole!.assumedBy).toEqual(['emr-serverless.amazonaws.com']);
    const actions = jobRole!.policy!.Statement.flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['s3:GetObject', 's3:PutObject', 'logs:PutLogEvents']));
    expect(JSON.stringify(jobRole!.policy)).not.toMatch(/"arn:[^"]*s3:::\*/);
  });
});

describe('the cleanup of an execution that was aborted', () => {
  const mocks = (tags: JsonObject) => ({
    history: { '0': { Return: { Events: [] } } },
    applications: {
      '0': { Return: { Applications: [{ Id: 'a' }], NextToken: 'more' } },
      '1': { Return: { Applications: [] } },
    },
    application: { '0': { Return: { Application: { ApplicationId: 'a', State: 'STARTED', Tags: tags } } } },
    jobs: { '0': { Return: { JobRuns: [{ Id: 'j1' }, { Id: 'j2' }] } } },
    'stop application': {
      '0-1': { Throw: { Error: 'EmrServerless.ValidationException', Cause: 'jobs are being cancelled' } },
      '2': { Return: {} },
    },
    'delete application': { '0': { Return: {} } },
  });
  const run = async (tags: JsonObject) => {
    const done = await simulate(read('cleanup.json'), {
      input: { detail: { executionArn: EXECUTION } },
      mocks: mocks(tags),
    });
    const entered = done.events.filter(({ type }) => type === 'TaskStateEntered').map(({ name }) => name);
    return { status: done.status, entered };
  };

  test('cancels the jobs of its application, stops it as soon as that can be done, and deletes it', async () => {
    expect(await run({ 'dagwright:execution': EXECUTION })).toEqual({
      status: 'SUCCEEDED',
      entered: [
        'history',
        'applications',
        'application',
        'jobs',
        'cancel job',
        'cancel job',
        'stop application',
        'delete application',
        'applications',
      ],
    });
  });

  test.each([[{}], [{ 'dagwright:execution': `${EXECUTION}-2` }]])(
    'leaves one with the tags %j alone',
    async (tags) => {
      expect(await run(tags)).toEqual({
        status: 'SUCCEEDED',
        entered: ['history', 'applications', 'application', 'applications'],
      });
    },
  );

  test('may do that, and end nothing else', () => {
    const policy = filled(files.get('cleanup_policy.json') as string, values);
    const may = (action: string, resource: string, context?: Record<string, string>) =>
      allows(policy, { action: `emr-serverless:${action}`, resource, ...(context && { context }) });
    expect(may('ListApplications', '*') && may('GetApplication', arn('a')) && may('ListJobRuns', arn('a'))).toBe(true);
    for (const [action, resource] of [
      ['CancelJobRun', arn('a/jobruns/j')],
      ['StopApplication', arn('a')],
      ['DeleteApplication', arn('a')],
    ] as const) {
      expect([action, may(action, resource, tag('Resource'))]).toEqual([action, true]);
      expect([action, may(action, resource)]).toEqual([action, false]);
      const neighbours = EXECUTION.replace(':m:', ':m2:');
      expect([action, may(action, resource, tag('Resource', neighbours))]).toEqual([action, false]);
    }
  });

  test('stands beside that of clusters in one machine where a DAG makes both', async () => {
    const dag = new Dag('both', { env: { role: env.role(), profile: env.role() } });
    const { role, profile } = dag.env;
    const application = dag.setup('application', emrServerless.application({ release: 'emr-7.13.0' }));
    const cluster = dag.setup(
      'cluster',
      emr.cluster({
        release: 'emr-7.13.0',
        primary: { type: 'm5.xlarge' },
        serviceRole: role,
        instanceProfile: profile,
      }),
    );
    dag.task('a', emrServerless.spark({ application, role, script: 's3://b/a.py' }));
    dag.task('b', emr.spark({ cluster, script: 's3://b/b.py' }));
    const both = JSON.parse(compileDag(dag).files.get('cleanup.json') as string) as JsonObject;
    expect(both.Comment).toMatch(
      /; deletes the EMR Serverless applications that are left; terminates the EMR clusters that are left: of an execution of both/,
    );
    const done = await simulate(both, {
      input: { detail: { executionArn: EXECUTION } },
      mocks: {
        ...mocks({ 'dagwright:execution': EXECUTION }),
        clusters: { '0': { Return: { Clusters: [{ Id: 'j-1' }] } } },
        describe: {
          '0': { Return: { Cluster: { Id: 'j-1', Tags: [{ Key: 'dagwright:execution', Value: EXECUTION }] } } },
        },
        terminate: { '0': { Return: {} } },
      },
    });
    expect(done.status).toBe('SUCCEEDED');
    const entered = done.events.map(({ name }) => name);
    expect(entered).toEqual(expect.arrayContaining(['delete application', 'terminate']));
  });
});

describe('a job', () => {
  const states = (spec: Partial<Parameters<typeof emrServerless.spark>[0]>, more: object = {}) => {
    const dag = new Dag('d', { env: { role: env.role(), app: env.string() } });
    const { role, app } = dag.env;
    dag.task('t', emrServerless.spark({ application: app, role, script: 's3://b/x.py', ...spec }), more);
    const machine = JSON.parse(compileDag(dag).files.get('step_function.json') as string) as {
      States: { t: JsonObject };
    };
    return machine.States.t;
  };

  test('has the options of spark-submit as one text, quoted where a shell would part them', () => {
    const { JobDriver } = states({
      mainClass: 'x.Main',
      pyFiles: ['s3://b/a.py', 's3://b/b.py'],
      jars: ['s3://b/c.jar'],
      files: ['s3://b/d.json'],
      archives: ['s3://b/e.tar.gz#environment'],
      conf: { 'spark.a': '1', 'spark.b': 'two "words"' },
    }).Arguments as { JobDriver: JsonObject };
    expect(JobDriver).toEqual({
      SparkSubmit: {
        EntryPoint: 's3://b/x.py',
        SparkSubmitParameters:
          '--class x.Main --py-files s3://b/a.py,s3://b/b.py --files s3://b/d.json --jars s3://b/c.jar --archives s3://b/e.tar.gz#environment --conf spark.a=1 --conf "spark.b=two \\"words\\""',
      },
    });
  });

  test.each([
    ['90s', 90, 3],
    ['2h', 7200, 121],
  ])('with an execution timeout of %s is ended by EMR as well, later', (executionTimeout, seconds, minutes) => {
    expect(states({}, { executionTimeout })).toMatchObject({
      TimeoutSeconds: seconds,
      Arguments: { ExecutionTimeoutMinutes: minutes },
    });
    expect(states({}).Arguments).not.toHaveProperty('ExecutionTimeoutMinutes');
  });

  test('takes a role of another account by its ARN', () => {
    expect(states({ role: 'arn:aws:iam::999999999999:role/theirs' }).Arguments).toMatchObject({
      ExecutionRoleArn: 'arn:aws:iam::999999999999:role/theirs',
    });
  });
});

test('what a run costs names the price, and no figure that nobody knows', () => {
  const { charges } = read<Manifest>('manifest.json').cost!;
  expect(charges).toEqual([
    {
      tasks: ['application'],
      what: '1 × 2 vCPU, 8 GB kept ready; 4 × 4 vCPU, 16 GB kept ready; at most 64 vCPU, 256 GB with all jobs: up to $3.88 an hour',
      // 0.8 × (64 × 0.052624 + 256 × 0.0057785), for six hours at most.
      perHour: { least: 0, most: 3.877786 },
      hours: { least: 0, most: 6 },
      takes: { least: 0, most: expect.closeTo(23.266716, 6) },
      source: 'https://aws.amazon.com/emr/pricing/',
    },
    {
      tasks: ['clean', 'report', 'train'],
      what: '$0.052624 per vCPU-hour and $0.0057785 per GB-hour of its workers on x86, a fifth less on arm64',
      open: 'how many workers a job has, Spark decides while it runs',
      takes: { least: 0 },
      source: 'https://aws.amazon.com/emr/pricing/',
    },
  ]);
});

describe('logs of an application', () => {
  const build = (own?: string) => {
    const dag = new Dag('logs', { env: { jobRole: env.role(), logs: env.bucket() } });
    const { jobRole: role, logs } = dag.env;
    const application = dag.setup(
      'app',
      emrServerless.application({ release: 'emr-7.13.0', logs: `s3://${logs}/app/` }),
    );
    const job = { application, role, script: 's3://jobs/a.py', ...(own !== undefined && { logs: own }) };
    dag.task('job', emrServerless.spark(job));
    return compileDag(dag).files;
  };
  const states = (files: ReturnType<typeof build>) =>
    JSON.parse(files.get('step_function.json') as string).States as { [name: string]: { Arguments: JsonObject } };

  test('are those of its jobs, which may write there', () => {
    const files = build();
    const { app, job } = states(files);
    expect(app!.Arguments.MonitoringConfiguration).toEqual({
      S3MonitoringConfiguration: { LogUri: 's3://${logs}/app/' },
    });
    expect(job!.Arguments.ConfigurationOverrides).toEqual({
      MonitoringConfiguration: { S3MonitoringConfiguration: { LogUri: 's3://${logs}/app/' } },
    });
    const { policy } = (JSON.parse(files.get('manifest.json') as string) as Manifest).env.jobRole!;
    const written = policy!.Statement.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
    expect(JSON.stringify(written)).toContain('${logs}');
  });

  test('give way to those of the job', () => {
    expect(states(build('s3://mine/')).job!.Arguments.ConfigurationOverrides).toEqual({
      MonitoringConfiguration: { S3MonitoringConfiguration: { LogUri: 's3://mine/' } },
    });
  });
});
