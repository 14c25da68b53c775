import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { runLocally } from '../../local/run.ts';
import { testOfAll } from '../sized.ts';
import { runOptions } from './pipeline.ts';
import { folderWith, REPOSITORY, writeFiles } from './support.ts';

/** A project whose DAG has functions, compiled as the command does. */
async function projectWith(dag: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const project = await folderWith({
    'package.json': '{"type": "module"}',
    'dags/dag.ts': `import { Dag, env, param } from 'dagwright';\nimport { aws, lambda } from 'dagwright/tasks';\n${dag}\nexport default dag;\n`,
    ...files,
  });
  await symlink(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'));
  await compile(project);
  return project;
}

async function compile(project: string): Promise<void> {
  const { compiled, faults } = await compileFolder(join(project, 'dags'), project);
  expect(faults).toEqual([]);
  for (const { dag, files } of compiled)
    await writeFiles(project, Object.fromEntries([...files].map(([name, text]) => [`dist/${dag}/${name}`, text])));
}

/** An event of a history, as far as it tells what came of a call. */
interface Ended {
  readonly taskFailedEventDetails?: { readonly cause: string };
  readonly taskSucceededEventDetails?: { readonly output: string };
  readonly stateExitedEventDetails?: { readonly name: string };
  readonly id: number;
  readonly previousEventId: number;
}

/** What a task's function returned: of its last event before its state was left. */
function answerOf(history: readonly Ended[], task: string): unknown {
  const left = history.find(({ stateExitedEventDetails: exited }) => exited?.name === task);
  const answered = history.find(({ id }) => id === left?.previousEventId);
  return (JSON.parse(answered?.taskSucceededEventDetails?.output ?? '{}') as { Payload?: unknown }).Payload;
}

async function run(project: string, input?: unknown) {
  if (input !== undefined) await writeFile(join(project, 'input.json'), JSON.stringify(input));
  const report = await runLocally({
    ...runOptions(project),
    dag: 'functions',
    ...(input !== undefined && { input: join(project, 'input.json') }),
  });
  const ends = Object.fromEntries(report.tasks.map(({ task, state }) => [task, state]));
  const errors = Object.fromEntries(
    report.tasks.flatMap(({ task, error }) => (error === undefined ? [] : [[task, error]])),
  );
  const history = JSON.parse(await readFile(join(project, report.folder, 'history.json'), 'utf8')) as Ended[];
  const answers = Object.fromEntries(
    report.tasks.flatMap(({ task, state }) => (state === 'success' ? [[task, answerOf(history, task)]] : [])),
  );
  return { report, ends, errors, answers, log: (task: string) => logOf(project, report.folder, task), history };
}

async function logOf(project: string, folder: string, task: string): Promise<string> {
  const names = (await readdir(join(project, folder, 'logs'))).filter((name) => name.startsWith(task)).sort();
  return (await Promise.all(names.map((name) => readFile(join(project, folder, 'logs', name), 'utf8')))).join('');
}

test('TypeScript and Python hand values on; what they print is in their logs', async () => {
  const project = await projectWith(
    `
const dag = new Dag('functions', { env: { lake: env.bucket() }, params: { rows: param.integer({ default: 5 }) } });
const score = dag.task('score', lambda.typescript(() => import('../functions/score.ts'), { handler: 'score', input: { rows: dag.params.rows } }));
const clean = dag.task('clean', lambda.python('functions/clean.py', { handler: 'clean', input: { kept: score.output.kept, to: \`s3://\${dag.env.lake}/x\` }, environment: { LAKE: dag.env.lake } }));
dag.task('read', lambda.python('functions/read.py', { handler: 'read', include: ['functions/limits.json'] }));
dag.task('told', lambda.typescript(async ({ text }: { text: string }) => { console.log('told', text); }, { input: { text: \`\${clean.output.lake} \${clean.output.twice}\` } }));`,
    {
      'dagwright.yaml': 'local:\n  env: { lake: my-lake }\n',
      'functions/read.py':
        'import json\nfrom pathlib import Path\n\n\ndef read():\n    return json.loads((Path(__file__).parent / "limits.json").read_text())\n',
      'functions/limits.json': '{ "most": 3 }',
      'functions/score.ts': 'export const score = (input: { rows: number }) => ({ kept: input.rows - 1 });\n',
      'functions/clean.py':
        'import os\n\n\ndef clean(event):\n    print("cleans", event["to"])\n    return {"twice": 2 * event["kept"], "lake": os.environ["LAKE"]}\n',
    },
  );
  const { ends, answers, log } = await run(project, { params: { rows: 8 } });
  expect(ends).toEqual({ score: 'success', clean: 'success', told: 'success', read: 'success' });
  expect(answers.read).toEqual({ most: 3 });
  expect(await log('clean')).toMatch(
    /^START RequestId: .*\ncleans s3:\/\/my-lake\/x\nEND RequestId: .*\nREPORT .* cold start/s,
  );
  expect(await log('told')).toMatch(/\tINFO\ttold my-lake 14\n/);
});

test('an error of a function: its name, retried, skipped; its stack names the user’s file', async () => {
  const project = await projectWith(
    `
const dag = new Dag('functions');
const flaky = dag.task('flaky', lambda.typescript(() => import('../functions/f.ts'), { handler: 'flaky' }), { retries: 1, retryDelay: 1 });
dag.task('after', lambda.typescript(async () => 1)).after(flaky);
dag.task('skipped', lambda.typescript(() => import('../functions/f.ts'), { handler: 'nothing' }), { skipOn: ['NothingToDo'] });
dag.task('failing', lambda.python('functions/f.py', { handler: 'fail', input: { a: 1 } }));`,
    {
      'functions/f.ts': `let calls = 0;
export class NothingToDo extends Error {}
export async function flaky() {
  calls += 1;
  if (calls < 2) throw new TypeError('not yet');
}
export async function nothing() {
  throw new NothingToDo('no rows');
}
`,
      'functions/f.py': 'def fail(event):\n    raise LookupError(f"no {event}")\n',
    },
  );
  const { ends, errors, log, report } = await run(project);
  // The process of the first try remembers that there was one.
  expect(ends).toEqual({ flaky: 'success', after: 'success', skipped: 'skipped', failing: 'failed' });
  expect(errors).toMatchObject({ failing: 'LookupError' });
  expect(report).toMatchObject({ status: 'FAILED', error: 'LookupError' });
  expect(await log('flaky')).toMatch(/TypeError.*not yet.*functions\/f\.ts:5/s);
  expect(await log('failing')).toMatch(/\[ERROR\] LookupError: no \{'a': 1\}/);
});

test('too late, too large, gone: as Lambda says it', async () => {
  const project = await projectWith(
    `
const dag = new Dag('functions');
const rule = { triggerRule: 'all_done' } as const;
const late = dag.task('late', lambda.typescript(async () => { await new Promise((done) => setTimeout(done, 60_000)); }, { timeout: '1s' }));
const large = dag.task('large', lambda.python('functions/f.py', { handler: 'grow', memory: 128 }), rule).after(late);
const gone = dag.task('gone', lambda.python('functions/f.py', { handler: 'leave' }), rule).after(large);
const unread = dag.task('unread', lambda.python('functions/broken.py', { handler: 'f' }), rule).after(gone);
const answer = dag.task('answer', lambda.typescript(async () => 'x'.repeat(7_000_000)), rule).after(unread);
dag.task('again', lambda.typescript(async () => 'well'), rule).after(answer);`,
    {
      'functions/f.py':
        'import os\nimport time\n\n\ndef grow(event):\n    kept = "x" * 300_000_000\n    time.sleep(60)\n    return len(kept)\n\n\ndef leave(event):\n    os._exit(3)\n',
      'functions/broken.py': 'import nothing_of_the_kind\n\n\ndef f(event):\n    pass\n',
    },
  );
  const { ends, errors, history } = await run(project);
  expect(errors).toEqual({
    late: 'Sandbox.Timedout',
    large: 'Runtime.ExitError',
    gone: 'Runtime.ExitError',
    unread: 'Runtime.ImportModuleError',
    answer: 'Function.ResponseSizeTooLarge',
  });
  expect(ends.again).toBe('success');
  const causes = history.flatMap(({ taskFailedEventDetails: failed }) =>
    failed === undefined
      ? []
      : [(JSON.parse(failed.cause) as { errorMessage: string }).errorMessage.replace(/RequestId: \S+ /, '')],
  );
  expect(causes).toEqual([
    'Error: Task timed out after 1.00 seconds',
    'Error: Runtime exited with error: signal: killed',
    'Error: Runtime exited with error: exit status 3',
    "Unable to import module 'dagwright_entry': No module named 'nothing_of_the_kind'",
    'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  ]);
}, 60_000);

testOfAll(
  'a function in Python may take longer than a server keeps idle connections',
  async () => {
    const project = await projectWith(
      "const dag = new Dag('functions');\ndag.task('f', lambda.python('f.py', { handler: 'f' }));",
      { 'f.py': 'import time\n\n\ndef f():\n    time.sleep(7)\n    return 7\n' },
    );
    expect((await run(project)).answers).toEqual({ f: 7 });
  },
  60_000,
);

test('code that changed since it was compiled does not run', async () => {
  const project = await projectWith(
    "const dag = new Dag('functions');\ndag.task('f', lambda.typescript(() => import('../functions/f.ts'), { handler: 'f' }));",
    { 'functions/f.ts': 'export const f = async () => 1;\n' },
  );
  await writeFiles(project, { 'functions/f.ts': 'export const f = async () => 2;\n' });
  await expect(run(project)).rejects.toMatchObject({ diagnostics: [{ code: 'RUN083' }], exitCode: 1 });
  await compile(project);
  expect((await run(project)).ends).toEqual({ f: 'success' });
});

testOfAll(
  'packages of `requirements` are installed once',
  async () => {
    const project = await projectWith(
      "const dag = new Dag('functions');\ndag.task('f', lambda.python('f.py', { handler: 'f', requirements: ['iniconfig==2.1.0'] }), {});",
      { 'f.py': 'import iniconfig\n\n\ndef f(event):\n    return iniconfig.__name__\n' },
    );
    expect((await run(project)).ends).toEqual({ f: 'success' });
    const [environment] = await readdir(join(project, '.dagwright/functions/python'));
    const log = join(project, '.dagwright/functions/python', environment!, 'pip.log');
    const installed = await readFile(log, 'utf8');
    expect(installed).toMatch(/Successfully installed iniconfig-2\.1\.0/);
    expect((await run(project)).ends).toEqual({ f: 'success' });
    expect(await readFile(log, 'utf8')).toBe(installed);
  },
  120_000,
);

test('a function that the DAG does not bring along has no engine', async () => {
  const project = await projectWith(
    "const dag = new Dag('functions');\ndag.task('f', lambda.invoke({ function: 'theirs' }));",
  );
  const { errors, report } = await run(project);
  expect(errors).toEqual({ f: 'States.TaskFailed' });
  expect(report.cause).toMatch(/No engine on this machine runs arn:aws:states:::lambda:invoke/);
});

testOfAll('a function given by its name, and names that stand for different things in different places', async () => {
  const project = await projectWith(
    `import { tripled } from '../functions/f.ts';
import { score } from '../functions/g.ts';
const dag = new Dag('functions', { env: { lake: env.bucket() }, params: { n: param.integer({ default: 2 }) } });
const input = { n: dag.params.n };
async function own({ n }: { n: number }) { return tripled({ n: n + 1 }); }
dag.task('imported', lambda.typescript(score, { input, environment: { LAKE: dag.env.lake } }));
dag.task('own', lambda.typescript(own, { input }));
for (const tripled of [10, 20]) dag.task(\`loop_\${tripled}\`, lambda.typescript(async () => tripled));
const made = (id: string, own: () => Promise<number>) => dag.task(id, lambda.typescript(own));
made('given', async () => 77);
dag.task('caught', lambda.typescript(async () => { try { throw new Error('x'); } catch (dag) { return (dag as Error).message; } }));`,
    {
      'dagwright.yaml': 'local:\n  env: { lake: my-lake }\n',
      'functions/f.ts':
        "import { factor } from './factor.ts';\nexport async function tripled({ n }: { n: number }) { return { n: n * factor }; }\n",
      // What nothing else in the file uses does not run when it is compiled.
      'functions/g.ts':
        "import { tripled } from './f.ts';\nif (!process.env.AWS_LAMBDA_FUNCTION_NAME) throw new Error('runs');\nexport const score = tripled;\n",
      'functions/factor.ts': 'export const factor = 3;\n',
    },
  );
  const { ends, answers } = await run(project);
  expect(new Set(Object.values(ends))).toEqual(new Set(['success']));
  expect(answers).toEqual({
    imported: { n: 6 },
    own: { n: 9 },
    loop_10: 10,
    loop_20: 20,
    given: 77,
    caught: 'x',
  });
});

testOfAll(
  'handlers in Python: without arguments, with the context, of a package, and imports from the project’s root',
  async () => {
    const project = await projectWith(
      `const dag = new Dag('functions');
const input = { n: 2 };
for (const handler of ['nothing', 'alone', 'both', 'any', 'called', 'decorated'])
  dag.task(handler, lambda.python('functions/all-of-them.py', { handler, input }));
dag.task('package', lambda.python('functions/pkg/main.py', { handler: 'relative', input }));`,
      {
        'functions/all-of-them.py': `import functools
from functions.pkg.shared import TEN


def counted(f):
    @functools.wraps(f)
    def inner(*given):
        return [len(given), f(*given)]

    return inner


class Called:
    def __call__(self, event):
        return event["n"] + TEN


def nothing():
    return "nothing"


def alone(event):
    return event["n"]


def both(event, context):
    return context.memory_limit_in_mb


def any(*given):
    return len(given)


called = Called()


@counted
def decorated(event):
    return event["n"]
`,
        'functions/pkg/__init__.py': '',
        'functions/pkg/shared.py': 'TEN = 10\n',
        'functions/pkg/main.py': 'from .shared import TEN\n\n\ndef relative(event):\n    return TEN\n',
      },
    );
    const { answers } = await run(project);
    expect(answers).toEqual({
      nothing: 'nothing',
      alone: 2,
      both: '512',
      any: 2,
      called: 12,
      decorated: [1, 2],
      package: 10,
    });
  },
);

testOfAll(
  'boto3 and the SDK reach the lake of the run',
  async () => {
    const project = await projectWith(
      `const dag = new Dag('functions', { env: { lake: env.bucket() } });
const write = dag.task('write', lambda.python('functions/write.py', { handler: 'write', environment: { LAKE: dag.env.lake } }));
dag.task('read', lambda.typescript(() => import('../functions/read.ts'), { handler: 'read', input: { bucket: dag.env.lake, key: write.output.key } }));`,
      {
        'dagwright.yaml': 'local:\n  env: { lake: my-lake }\n',
        'functions/write.py': `import os

import boto3

S3 = boto3.client("s3")


def write():
    key = "out/ü b.txt"
    S3.put_object(Bucket=os.environ["LAKE"], Key=key, Body="written by boto3".encode())
    return {"key": key}
`,
        'functions/read.ts': `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client();

export async function read({ bucket, key }: { bucket: string; key: string }) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return { text: await Body!.transformToString() };
}
`,
      },
    );
    const { errors, answers } = await run(project);
    expect(errors).toEqual({});
    expect(answers).toEqual({ write: { key: 'out/ü b.txt' }, read: { text: 'written by boto3' } });
    expect(await readFile(join(project, '.dagwright/local/s3/my-lake/out/ü b.txt'), 'utf8')).toBe('written by boto3');
  },
  300_000,
);

test('a server of the user’s own for S3 stays the one that functions reach', async () => {
  const project = await projectWith(
    "const dag = new Dag('functions');\ndag.task('f', lambda.typescript(async () => [process.env.AWS_ENDPOINT_URL_S3, process.env.AWS_ENDPOINT_URL_SQS]));",
  );
  const own = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:2' };
  const { env } = runOptions(project);
  const report = await runLocally({ ...runOptions(project), dag: 'functions', env: { ...env, ...own } });
  expect(report.status).toBe('SUCCEEDED');
  const history = JSON.parse(await readFile(join(project, report.folder, 'history.json'), 'utf8')) as Ended[];
  expect(answerOf(history, 'f')).toEqual(Object.values(own));
});

test('the example is compiled as it stands', async () => {
  const examples = join(REPOSITORY, 'examples');
  const { compiled, faults, warnings } = await compileFolder(join(examples, 'dags'), examples, ['functions']);
  expect([...faults, ...warnings]).toEqual([]);
  for (const [name, content] of compiled[0]!.files)
    expect([name, await readFile(join(examples, 'dist/functions', name), 'utf8')]).toEqual([name, content]);
});
