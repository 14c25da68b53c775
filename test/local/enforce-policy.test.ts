import { beforeAll, describe, expect, test } from '@jest/globals';
import { createColors } from 'picocolors';
import type { StatementText } from '../../engines/iam/index.ts';
import { runLocally } from '../../local/run.ts';
import type { RunReport } from '../../report/report.ts';
import { textReport } from '../../report/text-report.ts';
import { sized } from '../sized.ts';
import { MANIFEST, runOptions, smallProject } from './pipeline.ts';
import { folderWith, repositoryPython, writeFiles } from './support.ts';

const at = (rest: string) => `arn:\${partition}:${rest}`;
const here = (service: string, rest: string) => at(`${service}:\${region}:\${account}:${rest}`);
const allow = (actions: string, resources: string[], Condition?: StatementText['Condition']): StatementText => ({
  Effect: 'Allow',
  Action: actions.split(' '),
  Resource: resources,
  ...(Condition && { Condition }),
});
const passes = (service: string) =>
  allow('iam:PassRole', [at('iam::${account}:role/${role}')], { StringEquals: { 'iam:PassedToService': service } });
const fromAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
const catalog = [here('glue', 'catalog'), here('glue', 'database/db')];

/** What the small pipeline's machine needs; a statement each for what fails a task of its own. */
const MACHINE: { readonly [what: string]: StatementText } = {
  cluster: allow('elasticmapreduce:RunJobFlow', ['*']),
  'cluster: role': passes('elasticmapreduce.amazonaws.com'),
  'cluster: cleanup role': allow('iam:CreateServiceLinkedRole', ['*']),
  'cluster: waits': allow('elasticmapreduce:DescribeCluster', [here('elasticmapreduce', 'cluster/*')]),
  'cluster: ends': allow('elasticmapreduce:TerminateJobFlows', [here('elasticmapreduce', 'cluster/*')]),
  'cluster: rule': allow('events:*', [here('events', 'rule/StepFunctionsGetEventForEMR*')]),
  job: allow('glue:CreateJob glue:StartJobRun glue:GetJobRun glue:GetJobRuns glue:BatchStopJobRun', [
    here('glue', 'job/job'),
  ]),
  'job: role': passes('glue.amazonaws.com'),
  'after the job': allow('s3:PutObject', [at('s3:::${lake}/after.txt')]),
  query: allow('athena:*', ['*']),
  'query: bucket': allow('s3:GetBucketLocation', [at('s3:::${lake}')], fromAthena),
  'query: database': allow('glue:GetDatabase', [...catalog, here('glue', 'database/default')], fromAthena),
  'query: table': allow('glue:GetTable', [...catalog, here('glue', 'table/db/*')], fromAthena),
  'query: lists': allow('s3:ListBucket', [at('s3:::${lake}')], {
    ...fromAthena,
    StringLike: { 's3:prefix': 'gold/*' },
  }),
  'query: reads': allow('s3:GetObject', [at('s3:::${lake}/gold/*')], fromAthena),
  'query: writes': allow('s3:PutObject', [at('s3:::${lake}/answers/query/*')], fromAthena),
};

/** What its role needs, as which Glue runs the job. */
const ROLE: { readonly [what: string]: StatementText } = {
  log: allow('logs:*', [here('logs', 'log-group:/aws-glue/python-jobs/*')]),
  script: allow('s3:GetObject', [at('s3:::${assetsPath}/*')]),
  writes: allow('s3:PutObject', [at('s3:::${lake}/made.txt')]),
};

let project: string;
beforeAll(async () => {
  await repositoryPython();
  project = await smallProject();
}, 300_000);

async function run(machine: typeof MACHINE, role: typeof ROLE): Promise<RunReport> {
  const document = (statements: typeof MACHINE) => ({ Version: '2012-10-17', Statement: Object.values(statements) });
  const env = { ...MANIFEST.env, role: { kind: 'role', policy: document(role) } };
  await writeFiles(project, {
    'dist/small/policy.json': JSON.stringify(document(machine)),
    'dist/small/manifest.json': JSON.stringify({ ...MANIFEST, env }),
  });
  return runIn(project, 'small');
}

function runIn(project: string, dag: string): Promise<RunReport> {
  return runLocally({ ...runOptions(project, dag), enforcePolicy: true });
}

/** What the call needs besides on the same resource, all of which one statement allows. */
const ALSO: { readonly [what: string]: readonly string[] } = {
  'cluster: rule': ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
  query: ['athena:GetQueryExecution', 'athena:StartQueryExecution'],
};

const without = (statements: typeof MACHINE, what: string) =>
  Object.fromEntries(Object.entries(statements).filter(([name]) => name !== what));

/** A statement, the task that needs it, the action that is denied and the error of the task. */
const STATEMENTS: readonly (readonly [what: string, task: string, action: string, error: string])[] = [
  ['cluster', 'cluster', 'elasticmapreduce:RunJobFlow', 'ElasticMapReduce.AmazonElasticMapReduceException'],
  ['cluster: role', 'cluster', 'iam:PassRole', 'ElasticMapReduce.AmazonElasticMapReduceException'],
  [
    'cluster: cleanup role',
    'cluster',
    'iam:CreateServiceLinkedRole',
    'ElasticMapReduce.AmazonElasticMapReduceException',
  ],
  ['cluster: waits', 'cluster', 'elasticmapreduce:DescribeCluster', 'ElasticMapReduce.AmazonElasticMapReduceException'],
  ['cluster: rule', 'cluster', 'events:PutTargets', 'ElasticMapReduce.AmazonElasticMapReduceException'],
  ['job: role', 'job', 'iam:PassRole', 'Glue.AccessDeniedException'],
  ['after the job', 'after_job', 's3:PutObject', 'S3.S3Exception'],
  ['query', 'query', 'athena:StartQueryExecution', 'Athena.AmazonAthenaException'],
  ['query: bucket', 'query', 's3:GetBucketLocation', 'Athena.InvalidRequestException'],
  ['query: database', 'query', 'glue:GetDatabase', 'States.TaskFailed'],
  ['query: table', 'query', 'glue:GetTable', 'States.TaskFailed'],
  ['query: lists', 'query', 's3:ListBucket', 'States.TaskFailed'],
  ['query: reads', 'query', 's3:GetObject', 'States.TaskFailed'],
  ['query: writes', 'query', 's3:PutObject', 'States.TaskFailed'],
];

describe('a local run that is held against its policies', () => {
  test('goes through where they allow it', async () => {
    expect(await run(MACHINE, ROLE)).toMatchObject({ status: 'SUCCEEDED', denials: [] });
  });

  test.each(STATEMENTS.filter((_, i) => i % sized(4, 1) === 0))(
    'without the statement of "%s" the task %s fails',
    async (what, task, action, error) => {
      const report = await run(without(MACHINE, what), ROLE);
      expect(report.status).toBe('FAILED');
      const ended = report.tasks.find((one) => one.task === task);
      expect([ended?.state, ended?.error ?? report.error]).toEqual(['failed', error]);
      expect(report.denials).toEqual([
        expect.objectContaining({
          ...{ task, action, role: 'small' },
          missing: expect.objectContaining({ Action: ALSO[what] ?? [action] }),
        }),
      ]);
    },
  );

  test.each([
    ['log', 'logs:CreateLogGroup'],
    ['script', 's3:GetObject'],
    ['writes', 's3:PutObject'],
  ])('the job fails whose role lacks "%s"', async (what, action) => {
    const report = await run(MACHINE, without(ROLE, what));
    expect(report.tasks.find(({ task }) => task === 'job')?.state).toBe('failed');
    expect(report.denials).toEqual([
      expect.objectContaining({ task: 'job', action, role: 'local', state: 'job: run' }),
    ]);
  });

  test('what would not be ended where a run is stopped is warned of, and fails nothing', async () => {
    const report = await run(without(MACHINE, 'cluster: ends'), ROLE);
    expect(report.denials).toContainEqual(
      expect.objectContaining({ task: 'cluster', action: 'elasticmapreduce:TerminateJobFlows', whenStopped: true }),
    );
    // The cluster's own end is a call of the machine: that fails.
    expect(report.tasks.filter(({ state }) => state === 'failed').map(({ task }) => task)).toEqual([
      'terminate_cluster',
    ]);
  });

  test('a person reads the statement that is missing', async () => {
    const text = textReport(await run(without(MACHINE, 'query: reads'), ROLE), createColors(false));
    expect(text).toContain(
      '✖ "query" was denied: the role small may not s3:GetObject on arn:aws:s3:::my-lake/gold/t/a.parquet',
    );
    expect(text).toContain(
      '→ The policy lacks {"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:${partition}:s3:::${lake}/gold/t/a.parquet"],"Condition":{"ForAnyValue:StringEquals":{"aws:CalledVia":"athena.amazonaws.com"}}}',
    );
  });
});

describe('the cleanup machine of a local run', () => {
  const start = 'arn:aws:states:us-east-1:123456789012:stateMachine:kept-cleanup';
  const machine = {
    QueryLanguage: 'JSONata',
    StartAt: 'end job',
    States: {
      'end job': {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: start, Input: { execution: '{% $states.context.Execution.Id %}' } },
        End: true,
      },
    },
  };
  const cleanup = {
    QueryLanguage: 'JSONata',
    StartAt: 'history',
    States: {
      history: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:getExecutionHistory',
        Arguments: { ExecutionArn: '{% $states.input.execution %}' },
        Next: 'note',
      },
      note: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
        Arguments: { Bucket: '${lake}', Key: 'ended.txt', Body: 'x' },
        End: true,
      },
    },
  };
  const document = (...statements: StatementText[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const HISTORY = allow('states:GetExecutionHistory', [here('states', 'execution:${machine}:*')]);
  const NOTE = allow('s3:PutObject', [at('s3:::${lake}/ended.txt')]);

  async function runKept(policy: string | undefined) {
    const folder = await folderWith({
      'dagwright.yaml': 'local:\n  env: { lake: my-lake, role: local }\n',
      'dist/kept/step_function.json': JSON.stringify(machine),
      'dist/kept/cleanup.json': JSON.stringify(cleanup),
      'dist/kept/manifest.json': JSON.stringify({ ...MANIFEST, dag: 'kept', tasks: [], assets: [] }),
      'dist/kept/policy.json': document(allow('states:* events:*', ['*'])),
      ...(policy !== undefined && { 'dist/kept/cleanup_policy.json': policy }),
    });
    return runIn(folder, 'kept');
  }

  test('is held against its own policy', async () => {
    expect(await runKept(document(HISTORY, NOTE))).toMatchObject({ status: 'SUCCEEDED', denials: [] });
    const { status, denials } = await runKept(document(HISTORY));
    expect(status).toBe('FAILED');
    expect(denials).toEqual([
      expect.objectContaining({
        ...{ state: 'note', role: 'kept-cleanup', action: 's3:PutObject' },
        policy: expect.stringMatching(/dist\/kept\/cleanup_policy\.json$/),
        missing: NOTE,
      }),
    ]);
  });

  test('that has no policy keeps the run from starting', async () => {
    await expect(runKept(undefined)).rejects.toMatchObject({
      diagnostics: [{ code: 'SIM020', remedy: 'Compile the DAG: `dagwright compile`.' }],
    });
  });
});
