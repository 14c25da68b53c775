import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { walkStates } from '../../asl/language/states.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { functionPython } from '../../engines/functions/python-packages.ts';
import { Lake } from '../../engines/lake/lake.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { S3Server } from '../../engines/s3/server.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { functionArchive } from '../../packaging/archive.ts';
import { packageOf } from '../../packaging/local.ts';
import { packageRoot } from '../../packaging/own-files.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';

/**
 * What a container and a Glue job do at AWS, with the archive as deploy makes it and the words of the compiled machine: a Python with boto3
 * fetches it from S3 and runs it. Local runs have the code in a folder.
 */
const groups = new ProcessGroups();
let python: string;
let s3: S3Server;
let bucket: string;
let archive: string;
let states: Map<string, { readonly Arguments: Arguments }>;
const CODE = 's3://artifacts/dagwright/m/assets/';

interface Arguments {
  readonly Arguments: { readonly [name: string]: string };
  readonly ContainerOverrides: { readonly Command: readonly string[] };
}

beforeAll(async () => {
  const dags = join(REPOSITORY, 'test/cases/one-function-four-places');
  const { compiled } = await compileFolder(dags, REPOSITORY, ['one_function']);
  const text = (name: string) => compiled[0]!.files.get(name) as string;
  const values = {
    machine: 'm',
    lake: 'lake',
    region: 'eu-west-1',
    assets: CODE.slice(0, -1),
    assetsBucket: 'artifacts',
  };
  const all = { ...values, partition: 'aws', account: '1', cleanup: 'c', task: 't', shell: 's', function_small: 'f' };
  const machine = fillPlaceholders(JSON.parse(text('step_function.json')) as StateMachine, all);
  states = new Map([...walkStates(machine)].map(({ name, state }) => [name, state as never]));

  const root = await folderWith();
  const lake = await Lake.open(root, ['artifacts', 'lake'], [], join(root, 'mounts'));
  s3 = await S3Server.start(lake, join(root, 'scratch'));
  bucket = join(root, 's3/artifacts');
  const { archives = [] } = JSON.parse(text('manifest.json')) as Manifest;
  for (const spec of archives) {
    const made = packageOf(spec, REPOSITORY);
    archive = await functionArchive(spec, made, root, () => Promise.reject(new Error('it needs no packages')));
    await mkdir(join(bucket, 'dagwright/m/assets', spec.key, '..'), { recursive: true });
    await writeFile(join(bucket, 'dagwright/m/assets', spec.key), await readFile(archive));
  }
  const folder = join(REPOSITORY, '.dagwright/functions/python');
  python = await functionPython({ needed: ['boto3'], folder, env: process.env, groups, onProgress: () => {} });
}, 300_000);
afterAll(() => s3.close());

/** Runs Python as a job does: with a call in the place of the expression, in an empty folder. */
async function run(args: readonly string[], task: string, input: object) {
  const folder = `dagwright-answers/m/${task}/4f`;
  const call = JSON.stringify({ input, bucket: 'artifacts', folder });
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_DEFAULT_REGION: 'eu-west-1',
    ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
  };
  const words = args.map((one) => (one === '{% $string($call) %}' ? call : one));
  const ended = await groups.run({ program: python, args: words, cwd: await folderWith(), env });
  const read = async (name: string) =>
    readFile(join(bucket, folder, name), 'utf8').then(
      (text) => JSON.parse(text) as unknown,
      () => undefined,
    );
  return { ...ended, answer: await read('answer.json'), error: await read('error.json') };
}

test('a container’s command fetches the archive and runs it', async () => {
  const { Command } = states.get('queued: run')!.Arguments.ContainerOverrides;
  expect(Command[0]).toBe('python3');
  const { code, answer, error, lastLines } = await run(Command.slice(1), 'queued', { kept: 4, to: 's3://lake/' });
  expect({ code, answer, error }).toEqual({ code: 0, answer: { doubled: 8, thing: 'thing' }, error: undefined });
  expect(lastLines).toEqual(['cleaning {"kept": 4, "to": "s3://lake/"}']);
});

test('a Glue job’s script fetches the archive; an error is written, named, and ends the job', async () => {
  const args = Object.entries(states.get('longer: run')!.Arguments.Arguments).flat();
  const script = join(packageRoot(), 'engines/functions/run_code.py');
  const well = await run([script, ...args], 'longer', { kept: 4, to: '' });
  expect(well).toMatchObject({ code: 0, answer: { doubled: 8, thing: 'thing' }, error: undefined });
  // Glue adds arguments of its own.
  const failed = await run([script, '--job-bookmark-option', 'x', ...args], 'failing', {});
  expect(failed).toMatchObject({ code: 1, answer: undefined, error: { Error: 'KeyError' } });
  const { errorMessage, stackTrace } = JSON.parse((failed.error as { Cause: string }).Cause) as {
    readonly errorMessage: string;
    readonly stackTrace: readonly string[];
  };
  expect(errorMessage).toBe("'kept'");
  expect(stackTrace.at(-1)).toMatch(/clean\.py", line \d+, in clean\n/);
  expect(failed.lastLines.at(-1)).toBe("KeyError: 'kept'");
});

test('the archive holds the code, and what runs it', async () => {
  const files = Object.keys(unzipSync(await readFile(archive)));
  expect(files).toEqual(
    expect.arrayContaining(['__main__.py', 'clean.py', 'dagwright_entry.py', 'dagwright_handler.py', 'helpers.py']),
  );
});

test('code for another Python says so where it cannot be imported', async () => {
  const { Command } = states.get('queued: run')!.Arguments.ContainerOverrides;
  const key = Command[4]!.slice('s3://artifacts/'.length);
  const files = unzipSync(await readFile(join(bucket, key)));
  const { zipSync } = await import('fflate');
  const broken = {
    ...files,
    'clean.py': Buffer.from('import nothing_of_the_kind\n'),
    'dagwright_runtime.txt': Buffer.from('python2.7\n'),
  };
  await writeFile(join(bucket, key), zipSync(broken));
  const { error } = await run(Command.slice(1), 'other', { kept: 1, to: '' });
  expect(error).toMatchObject({ Error: 'Runtime.ImportModuleError' });
  expect((error as { Cause: string }).Cause).toMatch(
    /No module named 'nothing_of_the_kind' \(the code was packaged for python2\.7, and this is python3\.\d+\)/,
  );
});
