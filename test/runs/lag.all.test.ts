import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Dag } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { aws } from '../../tasks/index.ts';
import { ACCOUNT, DEPLOYER_KEY, deployer, ROOT } from '../aws/deployer.ts';
import { type Ministack, startMinistack } from '../aws/ministack.ts';
import { type StrictAws, startStrictAws } from '../aws/strict/strict-aws.ts';
import type { Ended } from '../command.ts';
import { type Project, projectOn } from './support.ts';

// Deployed and run at once, on an AWS whose reads lag, whose aliases lead to what was live before, and which decides every call by IAM.

const CONFIG = `defaultEnv: dev
environments:
  dev:
    region: us-east-1
    artifacts: my-artifacts
`;
/** How many reads, and starts through the alias, answer as of before. */
const LAG = 2;

/** What a DAG puts into a bucket, a different text for each number. */
function files(n: number): Record<string, string> {
  const dag = new Dag('tiny', { schedule: '@daily' });
  dag.task(
    'put',
    aws({
      service: 's3',
      action: 'putObject',
      parameters: { Bucket: 'my-lake', Key: 'n', Body: `text ${n}` } as never,
    }),
  );
  return Object.fromEntries([...compileDag(dag).files].map(([name, text]) => [`dist/tiny/${name}`, text]));
}

let ministack: Ministack;
let strict: StrictAws;
let project: Project;
beforeAll(async () => {
  ministack = await startMinistack();
  project = await projectOn({
    other: ministack.url,
    account: ACCOUNT,
    mocks: {},
    files: { 'dagwright.yaml': CONFIG, ...files(0) },
  });
  strict = await startStrictAws({
    endpoint: ministack.url,
    states: project.url,
    callers: { [DEPLOYER_KEY]: deployer() },
    lag: LAG,
  });
  const s3 = new S3({ region: 'us-east-1', endpoint: strict.url, credentials: ROOT, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'my-artifacts' });
  await s3.createBucket({ Bucket: 'my-lake' });
  s3.destroy();
}, 300_000);
afterAll(async () => {
  await project.close();
  await strict.stop();
  await ministack.stop();
});

const command = (...args: string[]): Promise<Ended> =>
  project.runWith(
    { AWS_ENDPOINT_URL: strict.url, AWS_ENDPOINT_URL_SFN: strict.url, AWS_ACCESS_KEY_ID: DEPLOYER_KEY },
    ...args,
  );

async function write(n: number): Promise<void> {
  for (const [name, text] of Object.entries(files(n))) await writeFile(join(project.folder, name), text);
}

/** What an execution ran: its own definition. */
async function bodyOf(executionArn: string): Promise<string> {
  const sfn = new SFN({ region: 'us-east-1', endpoint: strict.url, credentials: ROOT });
  const { definition } = await sfn.describeStateMachineForExecution({ executionArn });
  sfn.destroy();
  return JSON.parse(definition!).States.put.Arguments.Body;
}

const TIMES = 20;

test(`${TIMES} changed deploys, each started at once by run, run the new definition`, async () => {
  for (let n = 1; n <= TIMES; n += 1) {
    // Back to what was live before the last one: a stale read would find nothing to do.
    const text = n % 3 === 0 ? n - 2 : n;
    await write(text);
    const deployed = await command('deploy', '--yes', '--json');
    expect([n, deployed.code, deployed.err]).toEqual([n, 0, expect.not.stringMatching(/^error/m)]);
    const ran = await command('run', 'tiny', '--attempt', String(n), '--json');
    expect([n, ran.code, ran.err]).toEqual([n, 0, expect.not.stringMatching(/^error/m)]);
    const { status, executionArn } = JSON.parse(ran.out) as { status: string; executionArn: string };
    expect([n, status, await bodyOf(executionArn)]).toEqual([n, 'SUCCEEDED', `text ${text}`]);
  }
  expect(strict.denied).toEqual([]);
}, 1_200_000);

test('a deploy that is rolled back at once runs what was live before it', async () => {
  const [bad, good] = [1000, TIMES % 3 === 0 ? TIMES - 2 : TIMES];
  await write(bad);
  expect((await command('deploy', '--yes')).code).toBe(0);
  const back = await command('rollback', '--yes');
  expect([back.code, back.err]).toEqual([0, expect.not.stringMatching(/^error/m)]);
  const ran = await command('run', 'tiny', '--attempt', '50', '--json');
  const { status, executionArn } = JSON.parse(ran.out) as { status: string; executionArn: string };
  expect([ran.code, status, await bodyOf(executionArn)]).toEqual([0, 'SUCCEEDED', `text ${good}`]);
}, 300_000);

/** Reads a file that is not there, until it is told of one that is. */
function reading(Key: string): Record<string, string> {
  const dag = new Dag('reading', { schedule: null });
  const parameters = (of: object) => ({ Bucket: 'my-lake', ...of }) as never;
  const put = dag.task(
    'put',
    aws({ service: 's3', action: 'putObject', parameters: parameters({ Key: 'n', Body: 'n' }) }),
  );
  dag.task('read', aws({ service: 's3', action: 'getObject', parameters: parameters({ Key }) })).after(put);
  return Object.fromEntries([...compileDag(dag).files].map(([name, text]) => [`dist/reading/${name}`, text]));
}

test('a resume right after a deploy leaves the machine as that deploy made it', async () => {
  const put = async (Key: string) => {
    await mkdir(join(project.folder, 'dist/reading'), { recursive: true });
    for (const [name, text] of Object.entries(reading(Key))) await writeFile(join(project.folder, name), text);
  };
  await put('nothing');
  expect((await command('deploy', 'reading', '--yes')).code).toBe(0);
  expect((await command('run', 'reading')).code).toBe(1);
  await put('n');
  expect((await command('deploy', 'reading', '--yes')).code).toBe(0);
  const resumed = await command('resume', 'reading', '--yes');
  expect([resumed.code, resumed.err]).toEqual([0, expect.not.stringMatching(/^error/m)]);
  // Not that of the deploy before, which AWS still showed.
  const sfn = new SFN({ region: 'us-east-1', endpoint: project.url, credentials: ROOT });
  const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:reading`;
  const { definition } = await sfn.describeStateMachine({ stateMachineArn });
  sfn.destroy();
  expect(JSON.parse(definition!).States.read.Arguments.Key).toBe('n');
}, 300_000);

const ALIAS_ALONE = {
  Effect: 'Deny',
  Action: ['states:StartExecution'],
  Resource: ['*'],
  Condition: { 'ForAnyValue:StringNotEquals': { 'states:StateMachineQualifier': ['live'] } },
};

test.each([
  ['may not read the record', { Effect: 'Deny', Action: ['s3:GetObject'], Resource: ['*'] }],
  ['may start the alias alone', ALIAS_ALONE],
])('who %s runs what the alias leads to', async (_, statement) => {
  const { policies = [], ...who } = deployer();
  const policy = { Version: '2012-10-17', Statement: [statement] };
  strict.callers.set(DEPLOYER_KEY, { ...who, policies: [...policies, { name: 'less', policy }] });
  const ran = await command('run', 'tiny', '--again', '--logical-date', '2026-01-01', '--json');
  strict.callers.set(DEPLOYER_KEY, deployer());
  expect([ran.code, ran.err]).toEqual([0, expect.not.stringMatching(/^error/m)]);
  expect(JSON.parse(ran.out).status).toBe('SUCCEEDED');
});

test('a run that was just started is stopped, looked at and followed by its name', async () => {
  const started = JSON.parse((await command('run', 'tiny', '--no-follow', '--json')).out) as { execution: string };
  const followed = await command('logs', 'tiny', started.execution, '--follow');
  expect([followed.code, followed.out]).toEqual([0, expect.stringContaining('the run succeeded')]);
  expect(await readFile(join(project.folder, 'dagwright.yaml'), 'utf8')).toBe(CONFIG);
});
