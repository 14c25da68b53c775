import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { walkStates } from '../../asl/language/states.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { Lake } from '../../engines/lake/lake.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { S3Server } from '../../engines/s3/server.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { functionArchive } from '../../packaging/archive.ts';
import { packageOf } from '../../packaging/local.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';

/**
 * What a container does at AWS with a function in TypeScript, with the module as deploy uploads it and the words of the compiled machine: a
 * Node.js with the client of S3 fetches it and runs it. Local runs have the code in a folder.
 */
const groups = new ProcessGroups();
const CODE = 's3://artifacts/dagwright/m/assets';
let s3: S3Server;
let bucket: string;
let image: string;
let states: Map<string, { readonly Arguments: Arguments }>;

interface Override {
  readonly Command: readonly string[];
  readonly Environment: readonly { readonly Name: string; readonly Value: string }[];
}

interface Arguments {
  readonly ContainerOverrides: Override;
  readonly Overrides: { readonly ContainerOverrides: readonly Override[] };
}

beforeAll(async () => {
  const dags = join(REPOSITORY, 'test/cases/typescript-in-containers');
  const { compiled } = await compileFolder(dags, REPOSITORY);
  const text = (name: string) => compiled[0]!.files.get(name) as string;
  const values = { machine: 'm', lake: 'lake', region: 'eu-west-1', assets: CODE, assetsBucket: 'artifacts' };
  const machine = fillPlaceholders(JSON.parse(text('step_function.json')) as StateMachine, values);
  states = new Map([...walkStates(machine)].map(({ name, state }) => [name, state as never]));

  const root = await folderWith();
  const lake = await Lake.open(root, ['artifacts', 'lake'], [], join(root, 'mounts'));
  s3 = await S3Server.start(lake, join(root, 'scratch'));
  bucket = join(root, 's3/artifacts');
  for (const spec of (JSON.parse(text('manifest.json')) as Manifest).archives ?? []) {
    expect(spec.key).toMatch(/-[0-9a-f]{12}\/\w+\.mjs$/);
    const module = await functionArchive(spec, packageOf(spec, REPOSITORY), root, () =>
      Promise.reject(new Error('it needs no packages')),
    );
    const at = join(bucket, 'dagwright/m/assets', spec.key);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, await readFile(module));
  }
  // The image's root, in which the client of S3 was installed and nothing else.
  image = await folderWith({ 'tmp/.keep': '' });
  await mkdir(join(image, 'node_modules/@aws-sdk'), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules/@aws-sdk/client-s3'), join(image, 'node_modules/@aws-sdk/client-s3'));
}, 120_000);
afterAll(() => s3.close());

/** Runs Node.js as a container does: with a call in the place of the expression. */
async function run(args: readonly string[], task: string, input: object) {
  const folder = `dagwright-answers/m/${task}/4f`;
  const call = JSON.stringify({ input, bucket: 'artifacts', folder });
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_REGION: 'eu-west-1',
    TMPDIR: join(image, 'tmp'),
    ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
  };
  const words = args.map((one) => (one === '{% $string($call) %}' ? call : one));
  const ended = await groups.run({ program: process.execPath, args: words, cwd: image, env });
  const read = async (name: string) =>
    readFile(join(bucket, folder, name), 'utf8').then(
      (text) => JSON.parse(text) as unknown,
      () => undefined,
    );
  return { ...ended, answer: await read('answer.json'), error: await read('error.json') };
}

test('a container’s command fetches the module and runs it; an error is written, named, and ends the job', async () => {
  const { Command, Environment } = states.get('larger: run')!.Arguments.Overrides.ContainerOverrides[0]!;
  expect(Command[0]).toBe('node');
  expect(Environment).toEqual([
    { Name: 'AWS_REGION', Value: 'eu-west-1' },
    { Name: 'LAKE', Value: 'lake' },
  ]);
  const { code, answer, error } = await run(Command.slice(1), 'larger', { rows: 5, day: '2026-01-31' });
  expect({ code, answer, error }).toEqual({ code: 0, answer: { kept: 5, day: '2026-01-31' }, error: undefined });
  const failed = await run(Command.slice(1), 'failing', { rows: 0, day: '' });
  expect(failed).toMatchObject({ code: 1, answer: undefined, error: { Error: 'NothingToDo' } });
  const { errorMessage, trace } = JSON.parse((failed.error as { Cause: string }).Cause) as {
    readonly errorMessage: string;
    readonly trace: readonly string[];
  };
  expect(errorMessage).toBe('no rows');
  expect(trace[1]).toMatch(/score \(.*functions\/score\.ts:\d+/);
}, 60_000);

test('a function that is written in place goes with what it uses, as a job of Batch', async () => {
  const { Command } = states.get('queued: run')!.Arguments.ContainerOverrides;
  const well = await run(Command.slice(1), 'queued', { kept: [1, 2] });
  expect(well).toMatchObject({ code: 0, answer: { all: 3 }, error: undefined });
  expect(await run(Command.slice(1), 'few', { kept: [] })).toMatchObject({ error: { Error: 'TooFew' } });
}, 60_000);
