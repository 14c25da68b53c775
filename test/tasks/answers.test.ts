import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCommand } from '../command.ts';
import { REPOSITORY } from '../local/support.ts';

/** What `simulate --samples` knows of the answers of functions, and what it says where a field is read that it does not know. */
let project = '';
const dagwright = (...args: string[]) => runCommand(args, { cwd: project, env: { ...process.env, NO_COLOR: '1' } });
const MACHINE = 'dist/answers/step_function.json';

beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'dagwright-answers-')));
  for (const folder of ['node_modules', 'dags', 'functions']) mkdirSync(join(project, folder));
  symlinkSync(REPOSITORY, join(project, 'node_modules/dagwright'));
  writeFileSync(join(project, 'package.json'), '{ "name": "answers", "private": true, "type": "module" }');
  writeFileSync(join(project, 'dagwright.yaml'), '{}\n');
  writeFileSync(join(project, 'functions/guess.py'), 'def guess(given):\n    return {"day": 1}\n');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function write(functions: { readonly [file: string]: string }, ...tasks: readonly string[]): void {
  for (const [file, text] of Object.entries(functions)) writeFileSync(join(project, 'functions', file), text);
  const lines = [
    "import { Dag, env } from 'dagwright';",
    "import { dynamodb, ecs, lambda, sns } from 'dagwright/tasks';",
    "const dag = new Dag('answers', { schedule: null, env: { topic: env.string(), table: env.string(), task: env.role() } });",
    'export default dag;',
    'const tell = (message) => sns.publish({ topic: dag.env.topic, message });',
    ...tasks,
    'void [dynamodb, ecs, lambda];',
  ];
  writeFileSync(join(project, 'dags/answers.ts'), `${lines.join('\n')}\n`);
}

async function samples(): Promise<{ readonly [state: string]: unknown }> {
  const { code, err } = await dagwright('compile');
  expect([code, err]).toEqual([0, '']);
  const { tasks } = JSON.parse(readFileSync(join(project, 'dist/answers/manifest.json'), 'utf8'));
  return Object.assign({}, ...tasks.map((task: { samples?: object }) => task.samples));
}

test('the return type of a function in TypeScript is its sample, in a container as well', async () => {
  const shapes = `
    import type { Store } from './stores.ts';
    export type Kind = 'new' | 'old';
    interface Item { readonly name: string; parts?: readonly Part[]; kind: Kind }
    type Part = { weight: number | null; within: Item };
    export type Answer = { items: Array<Item>; store: Readonly<Store>; at: Date; rest: Record<string, number> } & { ok: true };
  `;
  const stores = 'export interface Store { id: string; open: boolean }';
  const all = `
    import type { Answer } from './shapes.js';
    export const all = async (): Promise<Answer> => { throw new Error('never called'); };
    export { all as again };
    export default function (): { n: number } { return { n: 1 }; }
    export function inferred() { return { day: '2026-01-01' }; }
  `;
  const code = (handler: string) => `() => import('../functions/all.ts'), { handler: '${handler}'`;
  write(
    { 'shapes.ts': shapes, 'stores.ts': stores, 'all.ts': all },
    `dag.task('again', lambda.typescript(${code('again')} }));`,
    `dag.task('default', lambda.typescript(${code('default')} }));`,
    `dag.task('inferred', lambda.typescript(${code('inferred')} }));`,
    "dag.task('inline', lambda.typescript(async (): Promise<{ day: string; tags: string[] }> => ({ day: '', tags: [] })));",
    `dag.task('jailed', ecs.run(${code('again')}, cluster: 'c', taskDefinition: 't', container: 'a', launchType: 'EC2', role: dag.env.task, passRoles: [dag.env.task] }));`,
  );
  const found = await samples();
  const item = (inner: object) => ({ name: 'text', parts: [{ weight: 1, ...inner }], kind: 'new' });
  const answer = {
    items: [item({ within: expect.objectContaining({ name: 'text' }) })],
    store: { id: 'text', open: true },
    rest: {},
    ok: true,
  };
  expect(found.again).toMatchObject({ Payload: answer });
  expect(found.default).toMatchObject({ Payload: { n: 1 } });
  expect(found.inferred).toMatchObject({ Payload: {} });
  expect(found.inline).toMatchObject({ Payload: { day: 'text', tags: ['text'] } });
  expect(JSON.parse((found['jailed: answer'] as { Body: string }).Body)).toMatchObject(answer);
});

test('what a sample lacks is told with the task, the fields and how to give them', async () => {
  write(
    { 'guess.ts': "export async function guess() { return { day: '2026-01-01', list: ['a'] }; }" },
    "const guess = dag.task('guess', lambda.typescript(() => import('../functions/guess.ts'), { handler: 'guess' }));",
    "dag.task('tell', tell(`${guess.output.day} ${guess.output.list[0]}`));",
  );
  await samples();
  const { code, err } = await dagwright('simulate', MACHINE, '--samples');
  expect(code).toBe(1);
  expect(err).toContain('warning SIM027  The sample of "guess" has no "Payload.day", "Payload.list", which');
  expect(err).toContain('by its return type');
  const [mock] = /\{"guess".*\}(?=\.)/.exec(err)!;
  // What it says to write is what it takes.
  writeFileSync(join(project, 'mocks.json'), mock!);
  const mocked = await dagwright('simulate', MACHINE, '--samples', '--mocks', 'mocks.json');
  expect([mocked.code, mocked.err]).toEqual([0, '']);
});

test('also of a function in Python without `output`, and of an item of a table, which an expression makes plain', async () => {
  write(
    {},
    "const guess = dag.task('guess', lambda.python('functions/guess.py', { handler: 'guess' }));",
    "dag.task('tell', tell(guess.output.day));",
  );
  await samples();
  const { err } = await dagwright('simulate', MACHINE, '--samples');
  expect(err).toMatch(/SIM027 {2}The sample of "guess" has no "Payload.day"[\s\S]*in Python by `output`/);
  write(
    {},
    "const last = dag.task('last', dynamodb.get({ table: dag.env.table, key: { id: 'x' } }));",
    "dag.task('tell', tell(last.output.Item.day));",
  );
  await samples();
  const item = await dagwright('simulate', MACHINE, '--samples');
  expect(item.err).toContain('The sample of "last" has no "Item.day", which "tell" reads.');
  expect(item.err).toContain('{"last":{"0":{"Return":{"Item":{');
});
