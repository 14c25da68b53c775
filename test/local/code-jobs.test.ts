import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { runLocally } from '../../local/run.ts';
import { ALL } from '../sized.ts';
import { runOptions } from './pipeline.ts';
import { folderWith, REPOSITORY, writeFiles } from './support.ts';

const CODE = `import os
import sys
from decimal import Decimal

import boto3
from helpers.numbers import twice


class NothingToDo(Exception):
    pass


def clean(event, context):
    print("cleans", event["to"])
    bucket = os.environ["LAKE"]
    boto3.client("s3").put_object(Bucket=bucket, Key=f"out/{context.function_name}.txt", Body=b"x")
    return {"doubled": twice(event["kept"]), "half": Decimal("2.5"), "text": "ü\\"\\n", "day": event["day"], "none": None}


def rejects(event):
    raise NothingToDo(f"no rows on {event['day']}")


def once(event):
    lake = boto3.client("s3")
    if lake.list_objects_v2(Bucket=event["lake"], Prefix=f"tried/{event['name']}")["KeyCount"] == 0:
        lake.put_object(Bucket=event["lake"], Key=f"tried/{event['name']}", Body=b"")
        raise TypeError("not yet")
    return {"tries": 2}


def leaves(event):
    sys.exit(3)


def killed(event):
    os._exit(7)


def no_json(event):
    return {1, 2}


def large(event):
    return "x" * 300_000


def not_a_number(event):
    return float("nan")


def at_ease(event):
    return len(event["keys"])
`;

const PLACES = ALL ? ['lambda', 'glue', 'ecs', 'batch'] : ['lambda', 'glue'];

const DAG = `import { Dag, env, param } from 'dagwright';
import { batch, ecs, glue, lambda } from 'dagwright/tasks';

interface Place { readonly handler: string; readonly file?: string; readonly input?: object; readonly environment?: { [name: string]: string } }
const roles = { shell: env.role(), task: env.role(), pull: env.role(), job: env.role() };
const made = (id: string) => new Dag(id, { env: { lake: env.bucket(), ...roles }, params: { rows: param.integer({ default: 5 }), keys: param.string({ default: '' }) } });
const on = (dag: ReturnType<typeof made>) => ({
  lambda: ({ file = 'functions/clean.py', ...code }: Place) => lambda.python(file, code),
  glue: ({ file = 'functions/clean.py', ...code }: Place) => glue.pythonShell(file, { ...code, role: dag.env.shell }),
  ecs: ({ file = 'functions/clean.py', ...code }: Place) => ecs.run(file, { ...code, cluster: 'jobs', taskDefinition: 'python', container: 'app', role: dag.env.task, passRoles: [dag.env.pull] }),
  batch: ({ file = 'functions/clean.py', ...code }: Place) => batch.job(file, { ...code, queue: 'spot', definition: 'python', role: dag.env.job }),
});

export const equal = made('equal');
const places = on(equal);
const code = { handler: 'clean', input: { kept: equal.params.rows, to: \`s3://\${equal.env.lake}/out/\`, day: equal.logicalDate }, environment: { LAKE: equal.env.lake } };
const answers = Object.entries(places).map(([place, run]) => equal.task(\`on_\${place}\`, run(code)));
equal.task('told', lambda.typescript(async ({ answers }: { answers: unknown[] }) => answers, { input: { answers: answers.map(({ output }) => output) } }));

export const raised = made('raised');
const input = { day: raised.logicalDate, lake: raised.env.lake };
for (const [place, run] of Object.entries(on(raised)).filter(([place]) => ${JSON.stringify(PLACES)}.includes(place))) {
  raised.task(\`skips_\${place}\`, run({ handler: 'rejects', input }), { skipOn: ['NothingToDo'] });
  raised.task(\`fails_\${place}\`, run({ handler: 'rejects', input }));
}
raised.task('again', on(raised).ecs({ handler: 'once', input: { ...input, name: 'again' } }), { retries: 1, retryDelay: 1 });

export const odd = made('odd');
const { glue: shell, ecs: container, batch: job } = on(odd);
odd.task('leaves', shell({ handler: 'leaves' }));
odd.task('killed', container({ handler: 'killed' }));
odd.task('no_json', job({ handler: 'no_json' }));
odd.task('large', shell({ handler: 'large' }));
odd.task('not_a_number', container({ handler: 'not_a_number' }));
odd.task('missing', job({ handler: 'f', file: 'functions/broken.py' }));
odd.task('too_long_ecs', container({ handler: 'at_ease', input: { keys: odd.params.keys } }));
odd.task('too_long_batch', job({ handler: 'at_ease', input: { keys: odd.params.keys } }));
odd.task('long_glue', shell({ handler: 'at_ease', input: { keys: odd.params.keys } }));
`;

let project: string;
beforeAll(async () => {
  project = await folderWith({
    'package.json': '{"type": "module"}',
    'dagwright.yaml': 'local:\n  env: { lake: my-lake, shell: a, task: b, pull: c, job: d }\n',
    'dags/dags.ts': DAG,
    'functions/clean.py': CODE,
    'functions/helpers/numbers.py': 'def twice(n):\n    return 2 * n\n',
    'functions/broken.py': 'import nothing_of_the_kind\n\n\ndef f(event):\n    pass\n',
  });
  await symlink(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'));
  // What these functions need is installed once for all runs of the tests.
  const python = '.dagwright/functions/python';
  await mkdir(join(REPOSITORY, python), { recursive: true });
  await mkdir(join(project, '.dagwright/functions'), { recursive: true });
  await symlink(join(REPOSITORY, python), join(project, python));
  const { compiled, faults } = await compileFolder(join(project, 'dags'), project);
  expect(faults).toEqual([]);
  for (const { dag, files } of compiled)
    await writeFiles(project, Object.fromEntries([...files].map(([name, text]) => [`dist/${dag}/${name}`, text])));
});

interface Event {
  readonly taskSucceededEventDetails?: { readonly output: string };
  readonly stateExitedEventDetails?: { readonly name: string; readonly output: string };
}

async function run(dag: string, params: object = {}, own: NodeJS.ProcessEnv = {}) {
  const input = join(project, `${dag}.json`);
  await writeFile(input, JSON.stringify({ params, logical_date: '2026-01-02T00:00:00Z' }));
  const options = runOptions(project);
  const report = await runLocally({ ...options, dag, input, env: { ...options.env, ...own } });
  const history = JSON.parse(await readFile(join(project, report.folder, 'history.json'), 'utf8')) as Event[];
  const of = <T>(pick: (task: (typeof report.tasks)[number]) => T | undefined) =>
    Object.fromEntries(
      report.tasks.flatMap((task) => (pick(task) === undefined ? [] : [[task.task, pick(task)!] as const])),
    );
  return { report, history, ends: of(({ state }) => state), errors: of(({ error }) => error) };
}

test('one function on all four templates: whoever reads the output is given the same', async () => {
  const { ends, errors, history, report } = await run('equal', { rows: 21 });
  expect(errors).toEqual({});
  expect(new Set(Object.values(ends))).toEqual(new Set(['success']));
  const told = history.flatMap(({ taskSucceededEventDetails: done }) => (done ? [done.output] : [])).at(-1)!;
  const answer = { doubled: 42, half: 2.5, text: 'ü"\n', day: '2026-01-02T00:00:00Z', none: null };
  expect((JSON.parse(told) as { Payload: unknown }).Payload).toEqual([answer, answer, answer, answer]);
  // What it did it did in the lake, and under one name.
  const places = ['batch', 'ecs', 'glue', 'lambda'];
  expect((await readdir(join(project, '.dagwright/local/s3/my-lake/out'))).sort()).toEqual(
    places.map((place) => `equal_on_${place}.txt`),
  );
  for (const place of ['batch', 'ecs', 'glue']) {
    const logs = join(project, report.folder, 'logs', `on_${place}_run.log`);
    expect(await readFile(logs, 'utf8')).toBe('cleans s3://my-lake/out/\n');
  }
}, 300_000);

test('what it raises fails the task under its own name, is skipped on, and is tried again', async () => {
  const { ends, errors, history } = await run('raised');
  for (const place of PLACES)
    expect([place, ends[`skips_${place}`], ends[`fails_${place}`], errors[`fails_${place}`]]).toEqual([
      place,
      'skipped',
      'failed',
      'NothingToDo',
    ]);
  expect(ends.again).toBe('success');
  const causes = JSON.stringify(history).match(/no rows on 2026-01-02T00:00:00Z/g) ?? [];
  expect(causes.length).toBeGreaterThanOrEqual(2 * PLACES.length);
  expect(JSON.stringify(history)).toMatch(/functions\/[^"]*clean\.py/);
}, 300_000);

test('what is no answer, and what is none of the function’s', async () => {
  // Answers go through the lake also where the code itself reaches another S3.
  const own = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' };
  const { errors, ends, report } = await run('odd', { keys: 'k'.repeat(9000) }, own);
  expect(ends.long_glue).toBe('success');
  expect(errors).toEqual({
    leaves: 'Runtime.ExitError',
    // It wrote nothing: the service's own error stays.
    killed: 'States.TaskFailed',
    no_json: 'Runtime.MarshalError',
    large: 'Function.ResponseSizeTooLarge',
    not_a_number: 'Runtime.InvalidResponse',
    missing: 'Runtime.ImportModuleError',
    too_long_ecs: 'ECS.InvalidParameterException',
    too_long_batch: 'States.TaskFailed',
  });
  const cause = (task: string) => report.tasks.find((one) => one.task === task)?.cause ?? '';
  expect(cause('killed')).toContain('"ExitCode":7');
  expect(cause('missing')).toContain("No module named 'nothing_of_the_kind'");
  expect(cause('too_long_batch')).toContain('Container Overrides length must be at most 8192');
  expect(cause('large')).toContain('write it to S3 and return its address');
}, 300_000);
