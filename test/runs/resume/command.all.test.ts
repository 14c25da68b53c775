import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeExecutionCommand, DescribeStateMachineAliasCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Dag, env } from '../../../authoring/index.ts';
import { writeDist } from '../../../compiler/9-files/files.ts';
import { compileDag } from '../../../compiler/index.ts';
import { aws } from '../../../tasks/index.ts';
import { startAccount, type TestAccount } from '../../aws/account.ts';
import { ACCOUNT, useEndpoint } from '../../aws/ministack.ts';
import { runCommand } from '../../command.ts';
import { makeBucket } from '../../deploy/support.ts';
import { startServer } from '../../endpoint/support.ts';
import { folderWith } from '../../local/support.ts';

/**
 * The built commands (`npm run build`), deployed and resumed: IAM, S3 with deploy's lock and all else on ministack, Step Functions on
 * `dagwright serve`, which runs the tasks.
 */

let account: TestAccount;
let server: Awaited<ReturnType<typeof startServer>>;
let folder: string;
beforeAll(async () => {
  folder = await folderWith({
    'package.json': '{}',
    'dagwright.yaml': `defaultEnv: dev
environments:
  dev: { region: us-east-1, artifacts: my-artifacts, env: { lake: my-lake } }
`,
  });
  server = await startServer({ project: folder, region: 'us-east-1', account: ACCOUNT });
  account = await startAccount({ states: server.endpoint.url });
  useEndpoint(account.url);
  await makeBucket('my-artifacts');
}, 300_000);
afterAll(async () => {
  await account?.stop();
  await server?.stop();
});

async function dagwright(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return runCommand(args, {
    cwd: folder,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: account.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
}

async function put(key: string): Promise<void> {
  const lake = join(folder, '.dagwright/local/s3/my-lake');
  await mkdir(lake, { recursive: true });
  await writeFile(join(lake, key), key);
}

function copies(second: string): Dag {
  const dag = new Dag('copies', { env: { lake: env.bucket() } });
  const { lake } = dag.env;
  const get = (Key: string) => aws({ service: 's3', action: 'getObject', parameters: { Bucket: lake, Key } });
  const [one, two] = [dag.task('one', get('one')), dag.task('two', get(second))];
  dag.task('both', get('one')).after(one, two);
  return dag;
}

async function deploy(made: Dag): Promise<void> {
  const { dag, files } = compileDag(made);
  writeDist(join(folder, 'dist'), new Map([[dag, files]]), true);
  const deployed = await dagwright('deploy', made.id, '--yes');
  expect([deployed.code, deployed.err]).toEqual([0, expect.stringContaining('is live')]);
}

test('deploy, a run that fails, mended, deployed, resumed; afterwards there is nothing to deploy', async () => {
  await put('one');
  await deploy(copies('two'));
  const first = await dagwright('run', 'copies', '--logical-date', '2026-01-01', '--json');
  expect(first.code).toBe(1);
  expect(JSON.parse(first.out)).toMatchObject({ execution: '20260101T000000Z-1', status: 'FAILED' });

  // Without a terminal somebody has to say yes beforehand.
  const asked = await dagwright('resume', 'copies');
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('OPS012')]);
  expect(asked.out).toContain(
    'copies 20260101T000000Z-1 (failed) goes on as 20260101T000000Z-2.\n  runs: two, both\n  does not run again: one\n',
  );

  await put('second');
  await deploy(copies('second'));
  const arn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:copies:live`;
  const alias = await server.sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: arn }));
  const resumed = await dagwright('resume', 'copies', '20260101T000000Z-1', '--yes', '--json');
  expect([resumed.code, resumed.err]).toEqual([0, expect.stringContaining('two success')]);
  expect(JSON.parse(resumed.out)).toMatchObject({
    execution: '20260101T000000Z-2',
    resumes: '20260101T000000Z-1',
    how: 'machine',
    remaining: ['two', 'both'],
    anew: [],
    finished: ['one'],
    status: 'SUCCEEDED',
  });
  const executionArn = `arn:aws:states:us-east-1:${ACCOUNT}:execution:copies:20260101T000000Z-2`;
  const { input } = await server.sfn.send(new DescribeExecutionCommand({ executionArn }));
  expect(JSON.parse(input!)).toMatchObject({ logical_date: '2026-01-01T00:00:00Z' });

  const now = await server.sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: arn }));
  expect(now.routingConfiguration).toEqual(alias.routingConfiguration);
  const plan = await dagwright('plan', 'copies', '--exit-code');
  expect([plan.code, plan.out]).toEqual([0, expect.stringContaining('nothing to do')]);
  const again = await dagwright('resume', 'copies', '--yes');
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('RES002')]);
}, 120_000);

test('a run of which nothing was caught goes on under its name, and is followed to its end', async () => {
  const dag = new Dag('chain', { env: { lake: env.bucket() } });
  const { lake } = dag.env;
  const get = (Key: string) => aws({ service: 's3', action: 'getObject', parameters: { Bucket: lake, Key } });
  dag.task('b', get('b')).after(dag.task('a', get('a')));
  await put('a');
  await deploy(dag);
  expect((await dagwright('run', 'chain', '--logical-date', '2026-01-01')).code).toBe(1);
  await put('b');
  const resumed = await dagwright('resume', 'chain', '--yes');
  expect([resumed.code, resumed.err]).toEqual([0, '']);
  expect(resumed.out).toContain('chain 20260101T000000Z-1 (failed) goes on redriven');
  expect(resumed.out).toMatch(/a +success[\s\S]*b +success[\s\S]*chain 20260101T000000Z-1 succeeded/);
}, 120_000);
