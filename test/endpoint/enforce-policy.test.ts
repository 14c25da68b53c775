import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import type { StatementText } from '../../engines/iam/index.ts';
import { folderWith, writeFiles } from '../local/support.ts';
import { ROLE, startServer, until } from './support.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

const allow = (actions: string, resource: string, Condition?: StatementText['Condition']): StatementText => ({
  Effect: 'Allow',
  Action: actions.split(' '),
  Resource: [resource],
  ...(Condition && { Condition }),
});
const policy = (...statements: StatementText[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const CLUSTERS = 'arn:${partition}:elasticmapreduce:${region}:${account}:cluster/*';
const tagged = (key: 'RequestTag' | 'ResourceTag') => ({
  StringLike: {
    [`elasticmapreduce:${key}/dagwright:execution`]:
      'arn:${partition}:states:${region}:${account}:execution:${machine}:*',
  },
});

const MANIFEST = {
  manifestVersion: 1,
  dag: 'loads',
  params: { type: 'object', properties: {}, required: [], additionalProperties: false },
  env: { lake: { kind: 'bucket' } },
  tasks: [],
  assets: [],
};

/** A project with a DAG that was compiled, of which the server needs the manifest and the policies. */
function project(): Promise<string> {
  return folderWith({
    'dagwright.yaml': 'local:\n  env: { lake: my-lake }\n',
    'dist/loads/manifest.json': JSON.stringify(MANIFEST),
    'dist/loads/policy.json': policy(
      allow('s3:PutObject', 'arn:${partition}:s3:::${lake}/a.txt'),
      allow('elasticmapreduce:RunJobFlow', '*', tagged('RequestTag')),
      allow('elasticmapreduce:AddTags', CLUSTERS, tagged('RequestTag')),
      allow('iam:CreateServiceLinkedRole', '*'),
    ),
    'dist/loads/cleanup_policy.json': policy(
      allow('elasticmapreduce:TerminateJobFlows', CLUSTERS, tagged('ResourceTag')),
    ),
    'any.json': policy(allow('s3:PutObject', 'arn:aws:s3:::other/*')),
  });
}

async function started(more: { readonly policy?: string } = {}) {
  const folder = await project();
  const said: string[] = [];
  const server = await startServer({
    project: folder,
    enforcePolicy: true,
    onStatus: (text) => said.push(text),
    ...(more.policy !== undefined && { policy: join(folder, more.policy) }),
  });
  undo.push(server.stop);
  return { folder, said, sfn: server.sfn };
}

async function run(sfn: SFNClient, name: string, task: { readonly [field: string]: Json }, input: Json = {}) {
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'do',
    States: { do: { Type: 'Task', ...task, End: true } },
  });
  const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE }));
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  );
}

const put = (bucket: string, key: string) => ({
  Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
  Arguments: { Bucket: bucket, Key: key, Body: 'x' },
});
const create = {
  Resource: 'arn:aws:states:::elasticmapreduce:createCluster',
  Arguments: {
    Name: 'c',
    Instances: { KeepJobFlowAliveWhenNoSteps: true },
    Tags: [{ Key: 'dagwright:execution', Value: '{% $states.context.Execution.Id %}' }],
  },
};
const end = {
  Resource: 'arn:aws:states:::aws-sdk:emr:terminateJobFlows',
  Arguments: { JobFlowIds: ['{% $states.input.id %}'] },
};

test('a machine is held against the policy of the DAG that its name ends with', async () => {
  const { folder, said, sfn } = await started();
  expect(await run(sfn, 'dev-loads', put('my-lake', 'a.txt'))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await readFile(join(folder, '.dagwright/local/s3/my-lake/a.txt'), 'utf8')).toBe('"x"');
  expect(said.join('\n')).not.toContain('may not');

  const { status, error, cause } = await run(sfn, 'test-loads', put('my-lake', 'b.txt'));
  expect([status, error]).toEqual(['FAILED', 'S3.S3Exception']);
  expect(cause).toContain('assumed-role/test-loads/');
  expect(cause).toContain('is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::my-lake/b.txt because');
  expect(said.join('\n')).toContain(
    '"do" was denied: the role test-loads may not s3:PutObject on arn:aws:s3:::my-lake/b.txt (dist/loads/policy.json)',
  );
  expect(said.join('\n')).toContain('The policy lacks {"Effect":"Allow","Action":["s3:PutObject"]');
  await expect(readFile(join(folder, '.dagwright/local/s3/my-lake/b.txt'))).rejects.toThrow();
});

test('a cleanup machine ends what its own machine made, and nothing of another one', async () => {
  const { sfn } = await started();
  const made = await run(sfn, 'dev-loads', create);
  const others = await run(sfn, 'test-loads', create);
  const idOf = ({ output }: { readonly output?: string | undefined }) =>
    (JSON.parse(output!) as { ClusterId: string }).ClusterId;
  expect(await run(sfn, 'dev-loads-cleanup', end, { id: idOf(made) })).toMatchObject({ status: 'SUCCEEDED' });
  const { status, error } = await run(sfn, 'dev2-loads-cleanup', end, { id: idOf(others) });
  expect([status, error]).toEqual(['FAILED', 'Emr.EmrException']);
});

test('another machine has the policy that is named, or none and then may do nothing', async () => {
  const named = await started({ policy: 'any.json' });
  expect(await run(named.sfn, 'any', put('other', 'x'))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await run(named.sfn, 'any2', put('my-lake', 'x'))).toMatchObject({
    status: 'FAILED',
    error: 'S3.S3Exception',
  });
  const none = await started();
  expect(await run(none.sfn, 'any', put('other', 'x'))).toMatchObject({ status: 'FAILED', error: 'S3.S3Exception' });
  expect(none.said.join('\n')).toContain('(no policy)');
});

test('a policy that is none keeps the server from starting', async () => {
  await expect(started({ policy: 'dagwright.yaml' })).rejects.toMatchObject({
    diagnostics: [{ code: expect.any(String) }],
  });
  await expect(started({ policy: 'dist/loads/manifest.json' })).rejects.toMatchObject({
    diagnostics: [{ code: 'SIM021' }],
  });
});

test.each([
  ['is not JSON', '{"Version":', 'SIM001'],
  ['is none that IAM takes', policy(allow('PutObject', '*')), 'SIM021'],
  ['is not there', undefined, 'SIM020'],
])('the policy of a DAG that %s is said, and allows nothing', async (_, text, code) => {
  const { folder, said, sfn } = await started();
  const file = join(folder, 'dist/loads/policy.json');
  await (text === undefined ? rm(file) : writeFile(file, text));
  const { status, error, cause } = await run(sfn, 'loads', put('my-lake', 'a.txt'));
  expect([status, error]).toEqual(['FAILED', 'S3.S3Exception']);
  expect(cause).not.toContain('dagwright failed in itself');
  expect(said.filter((line) => line.startsWith(code))).toEqual([
    expect.stringContaining('The machine loads may call nothing.'),
  ]);
});

test('a role may read the scripts where the definition says that they are', async () => {
  const { folder, said, sfn } = await started();
  const nodes = {
    kind: 'role',
    policy: JSON.parse(policy(allow('s3:GetObject', 'arn:${partition}:s3:::${assetsPath}/*'))),
  };
  await writeFiles(folder, {
    'dist/loads/manifest.json': JSON.stringify({
      ...MANIFEST,
      env: { ...MANIFEST.env, nodes },
      assets: [{ path: 'jobs/a.py', sha256: '0', key: 'a-0/a.py' }],
    }),
    'dist/loads/policy.json': policy(allow('s3:GetObject', 'arn:${partition}:s3:::${assetsPath}/a-0/*')),
    '.dagwright/local/s3/artifacts/x/y/a-0/a.py': 'print(1)',
    '.dagwright/local/s3/artifacts/x/z/a-0/a.py': 'print(1)',
  });
  const read = (key: string) => ({
    Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
    Arguments: { Bucket: 'artifacts', Key: key },
    Comment: 's3://artifacts/x/y/a-0/a.py',
  });
  expect(await run(sfn, 'loads', read('x/y/a-0/a.py'))).toMatchObject({ status: 'SUCCEEDED' });
  expect(said.join('\n')).not.toContain('may not');
  expect(await run(sfn, 'b-loads', read('x/z/a-0/a.py'))).toMatchObject({ status: 'FAILED' });
});
