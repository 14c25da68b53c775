import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { interpret, type JsonObject, type StateMachine } from '../../asl/index.ts';
import { Dag } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { s3, sns } from '../../tasks/index.ts';
import { machine, writeFiles } from '../local/support.ts';

const call = (action: string) => `arn:aws:states:::aws-sdk:s3:${action}`;

/** The machine of a DAG, its calls of S3 made on this machine’s lake, and what the topic was told. */
async function run(dag: Dag<never, never>, files: Readonly<Record<string, string>>) {
  const { account, engines } = await machine();
  const lake = join(account.root, 's3/lake');
  await writeFiles(lake, files);
  const told: JsonObject[] = [];
  const definition = JSON.parse(compileDag(dag as never).files.get('step_function.json') as string);
  const done = await interpret(definition as StateMachine, {
    clock: account.clock,
    random: account.random,
    tasks: async (task) => {
      if (!task.resource.endsWith('sns:publish')) return engines(task);
      told.push(task.arguments as JsonObject);
      return { result: { MessageId: '1' } };
    },
  });
  return { done, told, lake };
}

test('a list of several pages is whole, in the order of the keys', async () => {
  const names = Array.from({ length: 450 }, (_, i) => `in/${String(i).padStart(4, '0')}.csv`);
  const files = Object.fromEntries([...names, 'in.csv', 'other/x'].map((name) => [name, name]));
  const dag = new Dag('list');
  const list = dag.task('list', s3.list({ bucket: 'lake', prefix: 'in/' }));
  dag.task('tell', sns.publish({ topic: 'a', message: { objects: list.output.Objects as never } }));
  const { done, told } = await run(dag as never, files);
  expect(done.status).toBe('SUCCEEDED');
  const { objects } = told[0]!.Message as { objects: { Key: string; Size: number; LastModified: string }[] };
  expect(objects.map(({ Key }) => Key)).toEqual(names);
  expect(Object.keys(objects[0]!)).toEqual(['Key', 'Size', 'LastModified']);
  expect(objects[0]!.Size).toBe(names[0]!.length);
});

test('an object is put as JSON, an empty one, copied with a key that URLs encode, and moved away', async () => {
  const dag = new Dag('files');
  const put = dag.task('put', s3.put({ to: 's3://lake/notes/a b&c+d.json', body: { day: dag.logicalDate, n: [1] } }));
  const mark = dag.task('mark', s3.put({ to: 's3://lake/notes/_SUCCESS' })).after(put);
  const copy = s3.copy({ from: 's3://lake/notes/a b&c+d.json', to: 's3://lake/kept/x.json' });
  const kept = dag.task('copy', copy).after(mark);
  dag.task('gone', s3.delete({ bucket: 'lake', keys: ['notes/a b&c+d.json', 'notes/not there'] })).after(kept);
  const { done, lake } = await run(dag as never, { 'notes/x': 'x' });
  expect([done.status, done.cause]).toEqual(['SUCCEEDED', undefined]);
  expect(JSON.parse(await readFile(join(lake, 'kept/x.json'), 'utf8'))).toMatchObject({ n: [1] });
  expect(await readFile(join(lake, 'notes/_SUCCESS'), 'utf8')).toBe('');
  await expect(readFile(join(lake, 'notes/a b&c+d.json'))).rejects.toThrow('ENOENT');
});

test('all objects below a prefix are deleted, page by page, and none beside it', async () => {
  const names = Array.from({ length: 401 }, (_, i) => [`tmp/${i}`, 'x'] as const);
  const dag = new Dag('tidy');
  dag.task('tidy', s3.delete({ bucket: 'lake', prefix: 'tmp/' }));
  const { done, lake } = await run(dag as never, { ...Object.fromEntries(names), 'tmp2/x': 'x' });
  expect(done.status).toBe('SUCCEEDED');
  const deleted = done.events.filter(({ name, type }) => name === 'tidy: delete' && type === 'TaskStateEntered');
  expect(deleted).toHaveLength(3);
  expect(await readFile(join(lake, 'tmp2/x'), 'utf8')).toBe('x');
  await expect(readFile(join(lake, 'tmp/0'))).rejects.toThrow('ENOENT');
});

test('a text is written as Step Functions writes it: as JSON, in quotes', async () => {
  const { call: ask, account } = await machine();
  await ask(call('putObject'), { Bucket: 'lake', Key: 'x', Body: 'text data' });
  expect(await readFile(join(account.root, 's3/lake/x'), 'utf8')).toBe('"text data"');
});

test('no object, and more than a thousand, are refused as S3 refuses them', async () => {
  const { call: ask } = await machine();
  for (const Objects of [[], Array.from({ length: 1001 }, (_, i) => ({ Key: `${i}` }))])
    expect(await ask(call('deleteObjects'), { Bucket: 'lake', Delete: { Objects } })).toMatchObject({
      error: 'S3.S3Exception',
    });
});
