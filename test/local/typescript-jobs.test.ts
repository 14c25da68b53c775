import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { runLocally } from '../../local/run.ts';
import { compileIn } from '../deploy/support.ts';
import { ALL } from '../sized.ts';
import { runOptions } from './pipeline.ts';
import { folderWith, REPOSITORY } from './support.ts';

/** Functions in TypeScript that containers of ECS and jobs of Batch run, here in processes. */
const DAG = `import { Dag, env, param } from 'dagwright';
import { batch, ecs, lambda } from 'dagwright/tasks';

const made = (id: string) => new Dag(id, { env: { lake: env.bucket(), task: env.role(), job: env.role() }, params: { rows: param.integer({ default: 5 }) } });
const container = (dag: ReturnType<typeof made>) => ({ cluster: 'jobs', taskDefinition: 'node', container: 'app', role: dag.env.task, passRoles: [] });
const queue = (dag: ReturnType<typeof made>) => ({ queue: 'spot', definition: 'node', role: dag.env.job });

export const equal = made('equal');
const code = { handler: 'clean', input: { rows: equal.params.rows, lake: equal.env.lake }, environment: { LEVEL: 'high' } } as const;
const answers = [
  equal.task('on_lambda', lambda.typescript(() => import('../functions/f.ts'), code)),
  equal.task('on_ecs', ecs.run(() => import('../functions/f.ts'), { ...code, ...container(equal) })),
  equal.task('on_batch', batch.job(() => import('../functions/f.ts'), { ...code, ...queue(equal) })),
];
const sum = async ({ numbers }: { numbers: number[] }) => numbers.reduce((a, b) => a + b, 0);
equal.task('sum', batch.job(sum, { ...queue(equal), input: { numbers: answers.map(({ output }) => output.twice) } }));

export const raised = made('raised');
const skipped = raised.task('skipped', ecs.run(() => import('../functions/f.ts'), { handler: 'rejects', input: { day: raised.logicalDate }, ...container(raised) }), { skipOn: ['NothingToDo'] });
raised.task('failing', batch.job(() => import('../functions/f.ts'), { handler: 'rejects', input: { day: raised.logicalDate }, ...queue(raised) }), { triggerRule: 'all_done' }).after(skipped);

export const odd = made('odd');
for (const handler of ['leaves', 'killed', 'large', 'circular', 'later', 'forever'] as const)
  odd.task(handler, ecs.run(() => import('../functions/f.ts'), { handler, ...container(odd) }));
odd.task('nothing', batch.job(() => import('../functions/f.ts'), { handler: 'nothing', ...queue(odd) }));
`;

const CODE = `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

export class NothingToDo extends Error {}

export async function clean({ rows, lake }: { rows: number; lake: string }, context: { functionName: string }) {
  console.log('cleans', rows);
  await new S3Client().send(new PutObjectCommand({ Bucket: lake, Key: \`out/\${context.functionName}.txt\`, Body: 'x' }));
  return { twice: 2 * rows, level: process.env.LEVEL, none: undefined };
}

export const rejects = async ({ day }: { day: string }) => {
  throw new NothingToDo(\`no rows on \${day}\`);
};

export const leaves = () => process.exit(0);
export const killed = () => process.exit(7);
export const large = () => 'x'.repeat(300_000);
export const circular = () => {
  const one: { self?: unknown } = {};
  one.self = one;
  return one;
};
export const later = () => new Promise(() => setTimeout(() => { throw new RangeError('later'); }, 10));
export const forever = () => new Promise(() => {});
export const nothing = () => {};
`;

let project: string;
beforeAll(async () => {
  project = await folderWith({
    'package.json': '{"type": "module"}',
    'dagwright.yaml': 'local:\n  env: { lake: my-lake, task: a, job: b }\n',
    'functions/f.ts': CODE,
  });
  await symlink(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'));
  await compileIn(project, { 'dags/dags.ts': DAG });
}, 120_000);

async function run(dag: string) {
  const input = join(project, `${dag}.json`);
  await writeFile(input, JSON.stringify({ params: { rows: 21 }, logical_date: '2026-01-02T00:00:00Z' }));
  const report = await runLocally({ ...runOptions(project), dag, input });
  const history = await readFile(join(project, report.folder, 'history.json'), 'utf8');
  const pairs = report.tasks.map(({ task, state, error, cause }) => [task, { state, error, cause }] as const);
  return { report, history, tasks: Object.fromEntries(pairs) };
}

test('one function on Lambda, ECS and Batch: whoever reads the output is given the same', async () => {
  const { tasks, history, report } = await run('equal');
  expect(Object.values(tasks).map(({ state, cause }) => [state, cause])).toEqual(
    Array.from({ length: 4 }, () => ['success', undefined]),
  );
  expect(history).toContain(JSON.stringify(JSON.stringify('126')).slice(1, -1));
  for (const place of ['lambda', 'ecs', 'batch'])
    expect(await readFile(join(project, `.dagwright/local/s3/my-lake/out/equal_on_${place}.txt`), 'utf8')).toBe('x');
  expect(await readFile(join(project, report.folder, 'logs/on_ecs_run.log'), 'utf8')).toMatch(/^cleans 21\n/);
}, 120_000);

test('what it throws fails the task under its own name, and is skipped on; its stack names the user’s file', async () => {
  const { tasks } = await run('raised');
  expect(tasks.skipped).toMatchObject({ state: 'skipped' });
  expect(tasks.failing).toMatchObject({ state: 'failed', error: 'NothingToDo' });
  const cause = JSON.parse(tasks.failing!.cause!) as { errorMessage: string; trace: string[] };
  expect(cause.errorMessage).toBe('no rows on 2026-01-02T00:00:00Z');
  expect(cause.trace.join('\n')).toMatch(/functions\/f\.ts:12/);
}, 120_000);

(ALL ? test : test.skip)(
  'what is no answer',
  async () => {
    const { tasks } = await run('odd');
    const errors = Object.fromEntries(Object.entries(tasks).map(([task, { state, error }]) => [task, error ?? state]));
    expect(errors).toEqual({
      // It wrote nothing: the service's own error stays.
      leaves: 'States.TaskFailed',
      killed: 'States.TaskFailed',
      forever: 'States.TaskFailed',
      large: 'Function.ResponseSizeTooLarge',
      circular: 'TypeError',
      later: 'RangeError',
      nothing: 'success',
    });
    expect(tasks.killed!.cause).toContain('"ExitCode":7');
  },
  120_000,
);
