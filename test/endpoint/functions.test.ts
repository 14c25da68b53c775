import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { fillText } from '../../asl/placeholders/index.ts';
import { compileIn } from '../deploy/support.ts';
import { folderWith, REPOSITORY, writeFiles } from '../local/support.ts';
import { testOfAll } from '../sized.ts';
import { ACCOUNT, machine, ROLE, startServer } from './support.ts';

/** The functions of a project's DAGs, on an endpoint whose machines name them as deploy does. */
let server: Awaited<ReturnType<typeof startServer>> | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const PLACE = { partition: 'aws', ...ACCOUNT };
const PACKAGE = { 'package.json': '{"type": "module"}' };
const dagOf = (tasks: string) =>
  `import { Dag, env } from 'dagwright';\nimport { batch, ecs, glue, lambda } from 'dagwright/tasks';\n${tasks}\nexport default dag;\n`;

async function projectWith(tasks: string, files: Readonly<Record<string, string>>): Promise<string> {
  const project = await folderWith();
  await compileIn(project, { ...PACKAGE, 'dags/dag.ts': dagOf(tasks), ...files });
  return project;
}

/** Makes the machine of a DAG as deploy fills it, and runs it to its end. */
async function run(project: string, dag: string, { name = dag, values = {} as Record<string, string> } = {}) {
  const text = await readFile(join(project, 'dist', dag, 'step_function.json'), 'utf8');
  const { functions = [] } = JSON.parse(await readFile(join(project, 'dist', dag, 'manifest.json'), 'utf8')) as {
    functions?: { name: string }[];
  };
  const arns = functions.map((one) => [
    `function_${one.name}`,
    `arn:aws:lambda:us-east-1:123456789012:function:${name}_${one.name}:c-0123456789abcdef`,
  ]);
  const assets = { assets: 's3://artifacts/code', assetsBucket: 'artifacts', assetsPath: 'artifacts/code' };
  return runMachine(
    name,
    fillText(text, { ...Object.fromEntries(arns), ...assets, ...PLACE, machine: name, ...values }),
  );
}

let made = 0;
async function runMachine(name: string, definition: string) {
  const { sfn } = server!;
  const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE }));
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `run${made++}` }));
  const described = () => sfn.send(new DescribeExecutionCommand({ executionArn }));
  // Code that needs packages waits until they are installed.
  let ended = await described();
  for (; ended.status === 'RUNNING'; ended = await described()) await new Promise((resolve) => setTimeout(resolve, 50));
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  const answers = events.flatMap(({ taskSucceededEventDetails: one }) =>
    one?.output === undefined ? [] : [(JSON.parse(one.output) as { Payload?: Json }).Payload],
  );
  const failures = events.flatMap(({ taskFailedEventDetails: one }) => (one === undefined ? [] : [one]));
  return { ...ended, answers, failures };
}

test('functions of a project run on its endpoint: values, the lake, errors by their names, logs', async () => {
  const project = await projectWith(
    `
const dag = new Dag('functions', { env: { lake: env.bucket() } });
const score = dag.task('score', lambda.typescript(() => import('../functions/score.ts'), { handler: 'score', input: { rows: 5 } }));
const clean = dag.task('clean', lambda.python('functions/clean.py', { handler: 'clean', input: { kept: score.output.kept, lake: dag.env.lake }, environment: { TO: \`\${dag.env.lake}/x\` } }));
dag.task('failing', lambda.typescript(() => import('../functions/score.ts'), { handler: 'failing' }), { retries: 1, retryDelay: 1 }).after(clean);`,
    {
      'dagwright.yaml': 'local:\n  env: { lake: my-lake }\n',
      'functions/score.ts':
        "export const score = (input: { rows: number }) => ({ kept: input.rows - 1 });\nexport class NotYet extends Error {}\nexport async function failing() {\n  throw new NotYet('no rows');\n}\n",
      'functions/clean.py': `import os
import urllib.request


def clean(event):
    print("cleans for", os.environ["TO"], os.environ["AWS_REGION"])
    where = f'{os.environ["AWS_ENDPOINT_URL_S3"]}/{event["lake"]}/out.txt'
    urllib.request.urlopen(urllib.request.Request(where, b"cleaned", {"authorization": "any"}, method="PUT"))
    return {"twice": 2 * event["kept"]}
`,
    },
  );
  const said: string[] = [];
  server = await startServer({ project, onStatus: (text) => said.push(text) });
  // Another bucket than local.env names: the machine says which.
  const ended = await run(project, 'functions', { name: 'dev-functions', values: { lake: 'their-lake' } });
  expect(ended.answers).toEqual([{ kept: 4 }, { twice: 8 }]);
  expect(ended).toMatchObject({ status: 'FAILED', error: 'NotYet' });
  expect(ended.failures.map(({ error }) => error)).toEqual(['NotYet', 'NotYet']);
  expect(JSON.parse(ended.cause!)).toMatchObject({ errorType: 'NotYet', errorMessage: 'no rows' });
  expect(JSON.parse(ended.cause!).trace.join('\n')).toMatch(/functions\/score\.ts:4/);
  expect(await readFile(join(project, '.dagwright/local/s3/their-lake/out.txt'), 'utf8')).toBe('cleaned');
  const [serving] = await readdir(join(project, '.dagwright/local/runs'));
  const log = await readFile(join(project, '.dagwright/local/runs', serving!, 'logs/clean.log'), 'utf8');
  expect(log).toMatch(/^START RequestId: .*\ncleans for my-lake\/x us-east-1\nEND RequestId: .* cold start/s);
  expect(said.filter((line) => line.startsWith('failing'))).toEqual([
    expect.stringMatching(/^failing: NotYet; its log is \.dagwright\/local\/runs\/.*\/logs\/failing\.log$/),
    expect.stringMatching(/^failing: NotYet; its log is .*\/failing\.attempt-1\.log$/),
  ]);
}, 120_000);

test('the same endpoint runs what is compiled next, and refuses sources that are not what was compiled', async () => {
  const tasks = (timeout: string) =>
    `const dag = new Dag('one');\ndag.task('f', lambda.typescript(() => import('../f.ts'), { handler: 'f', timeout: '${timeout}' }));`;
  const project = await projectWith(tasks('1m'), { 'f.ts': 'export const f = async () => 1;\n' });
  server = await startServer({ project });
  expect((await run(project, 'one')).answers).toEqual([1]);
  // Another machine may call it too, by its name alone.
  const call = (FunctionName: string) =>
    machine({
      Call: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName }, End: true },
    });
  expect((await runMachine('theirs', call('one_f'))).answers).toEqual([1]);
  expect(await runMachine('none', call('one_g'))).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });

  await writeFiles(project, { 'f.ts': 'export const f = async () => 2;\n' });
  expect((await runMachine('kept', call('one_f'))).answers).toEqual([1]);
  await compileIn(project);
  expect((await runMachine('next', call('one_f'))).answers).toEqual([2]);

  await compileIn(project, {
    'dags/dag.ts': dagOf(tasks('1s')),
    'f.ts': 'export const f = () => new Promise((done) => setTimeout(done, 30_000));\n',
  });
  expect(await runMachine('late', call('123456789012:function:one_f:7'))).toMatchObject({
    error: 'Sandbox.Timedout',
    cause: expect.stringContaining('Task timed out after 1.00 seconds'),
  });
  await compileIn(project, { 'dags/dag.ts': dagOf(tasks('1m')), 'f.ts': 'export const f = async () => 3;\n' });
  await writeFiles(project, { 'f.ts': 'export const f = async () => 4;\n' });
  expect(await runMachine('changed', call('one_f'))).toMatchObject({
    error: 'States.TaskFailed',
    cause: expect.stringMatching(/f\.ts.*compile/s),
  });
}, 120_000);

test('what the project does not bring along is called at the endpoint of Lambda', async () => {
  const project = await projectWith(
    "const dag = new Dag('one');\nconst f = dag.task('f', lambda.typescript(async () => 'ours'));\ndag.task('g', lambda.invoke({ function: 'theirs:live' })).after(f);",
    {},
  );
  const asked: string[] = [];
  const theirs = createServer((request, response) => {
    asked.push(request.url!);
    response.end('"theirs"');
  });
  await new Promise<void>((resolve) => theirs.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(theirs.address() as AddressInfo).port}`;
    server = await startServer({ project, env: { ...process.env, AWS_ENDPOINT_URL_LAMBDA: url } });
    expect((await run(project, 'one')).answers).toEqual(['ours', 'theirs']);
    expect(asked).toEqual(['/2015-03-31/functions/theirs%3Alive/invocations']);
  } finally {
    theirs.close();
  }
});

const PLACES: Readonly<Record<string, string>> = {
  glue: "glue.pythonShell('f.py', { ...code, role: dag.env.shell })",
  ecs: "ecs.run('f.py', { ...code, cluster: 'jobs', taskDefinition: 'python', container: 'app', role: dag.env.task, passRoles: [] })",
  batch: "batch.job('f.py', { ...code, queue: 'spot', definition: 'python', role: dag.env.job })",
};

testOfAll.each(Object.entries(PLACES))(
  'the code of a job on %s runs too, and fails under its own name',
  async (place, call) => {
    const project = await projectWith(
      `
const dag = new Dag('jobs', { env: { lake: env.bucket(), shell: env.role(), task: env.role(), job: env.role() } });
const code = { handler: 'f', input: { lake: dag.env.lake, day: dag.logicalDate } } as const;
const f = dag.task('f', ${call});
dag.task('again', ${call.replace('...code', "...code, handler: 'g'").replace("'f.py'", "'g.py'")}).after(f);`,
      {
        'f.py':
          'import boto3\n\n\ndef f(event):\n    boto3.client("s3").put_object(Bucket=event["lake"], Key="f.txt", Body=b"f")\n    return {"day": event["day"]}\n',
        'g.py': 'def g(event):\n    raise LookupError("no such day")\n',
      },
    );
    // What it needs is installed once for all tests.
    const python = '.dagwright/functions/python';
    for (const folder of [join(REPOSITORY, python), join(project, '.dagwright/functions')])
      await mkdir(folder, { recursive: true });
    await symlink(join(REPOSITORY, python), join(project, python));
    server = await startServer({ project });
    const roles = { shell: 'shell', task: 'task', job: 'job' };
    const ended = await run(project, 'jobs', { values: { lake: `lake-${place}`, ...roles } });
    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'LookupError',
      cause: expect.stringMatching(/no such day/),
    });
    expect(await readFile(join(project, `.dagwright/local/s3/lake-${place}/f.txt`), 'utf8')).toBe('f');
  },
  60_000,
);
