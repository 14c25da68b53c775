import { describe, expect, test } from '@jest/globals';
import { Stop } from '../../diagnostics/index.ts';
import { envValues, readConfig } from '../../local/config.ts';
import { executionInput } from '../../local/input.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { folderWith } from './support.ts';

const MANIFEST: Manifest = {
  manifestVersion: 1,
  dag: 'datalake',
  schedule: null,
  catchup: false,
  tags: [],
  params: {
    type: 'object',
    properties: {
      fromKaggle: { type: 'boolean', default: true },
      limit: { type: 'integer', minimum: 1 },
      mode: { enum: ['fast', 'slow'], default: 'fast' },
    },
    required: [],
    additionalProperties: false,
  },
  env: { lake: { kind: 'bucket' }, subnet: { kind: 'string', description: 'where the cluster is' } },
  assets: [],
  tasks: [],
};

async function stopOf(work: Promise<unknown>): Promise<Stop> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Stop);
  return error as Stop;
}

const config = async (yaml: string) => readConfig(await folderWith({ 'dagwright.yaml': yaml }), [MANIFEST]);

describe('dagwright.yaml', () => {
  test('gives env values, params and the sample folder, absolute', async () => {
    const read = await config(
      'local:\n  env: { lake: my-lake, subnet: 7 }\n  params: { fromKaggle: false }\n  sample: data/sample\n',
    );
    expect(read).toMatchObject({ env: { lake: 'my-lake', subnet: '7' }, params: { fromKaggle: false } });
    expect(read.sample).toMatch(/^\/.*\/data\/sample$/);
  });

  test('a missing file is an empty section', async () => {
    expect(await readConfig(await folderWith(), [MANIFEST])).toEqual({ env: {}, params: {} });
  });

  test.each([
    ['local:\n  env:\n   - a\n', 'RUN041', 2, 'local.env must be an object'],
    ['other: 1\nlocal:\n  envs: {}\n', 'RUN041', 3, 'local.envs is no setting'],
    ['local:\n  env:\n    lake: x\n    lakke: y\n', 'RUN044', 4, 'local.env.lakke. Did you mean "lake"?'],
    ['local:\n  params:\n    fromKagle: false\n', 'RUN044', 3, 'local.params.fromKagle. Did you mean "fromKaggle"?'],
    ['local: {env: [}\n', 'RUN040', 1, 'not valid YAML'],
    ['local:\n  sample: 7\n', 'RUN041', 2, 'local.sample must be text'],
  ])('%j is refused with its place', async (yaml, code, line, message) => {
    const stop = await stopOf(config(yaml));
    expect(stop.exitCode).toBe(1);
    expect(stop.diagnostics[0]).toMatchObject({ code, place: { file: 'dagwright.yaml', line } });
    expect(stop.diagnostics[0]!.message).toContain(message);
  });

  test('every missing value is named, with what to write', async () => {
    const read = await config('local: {}\n');
    const stop = await stopOf(Promise.resolve().then(() => envValues(MANIFEST, read)));
    expect(stop.diagnostics.map(({ message }) => message)).toEqual([
      'dagwright.yaml has no local.env.lake, a bucket that "datalake" needs.',
      'dagwright.yaml has no local.env.subnet, a string that "datalake" needs: where the cluster is.',
    ]);
    expect(stop.diagnostics[0]!.remedy).toContain('`lake: some-bucket-name`');
  });

  test('a bucket is a name, not a path', async () => {
    const read = await config('local: { env: { lake: "s3://lake/x", subnet: s } }\n');
    const stop = await stopOf(Promise.resolve().then(() => envValues(MANIFEST, read)));
    expect(stop.diagnostics.map(({ code }) => code)).toEqual(['RUN043']);
  });
});

describe('the input', () => {
  const input = async (params: Record<string, unknown>, file?: unknown) => {
    const folder = await folderWith({ 'input.json': typeof file === 'string' ? file : JSON.stringify(file ?? {}) });
    return executionInput(
      MANIFEST,
      { env: {}, params: params as never },
      file === undefined ? undefined : `${folder}/input.json`,
    );
  };

  test('defaults, then dagwright.yaml, then --input', async () => {
    expect(await input({})).toEqual({ params: { fromKaggle: true, mode: 'fast' } });
    expect(await input({ fromKaggle: false })).toEqual({ params: { fromKaggle: false, mode: 'fast' } });
    expect(
      await input(
        { fromKaggle: false, mode: 'slow' },
        { params: { fromKaggle: true }, logical_date: '2026-01-01T00:00:00Z' },
      ),
    ).toEqual({
      params: { fromKaggle: true, mode: 'slow' },
      logical_date: '2026-01-01T00:00:00Z',
    });
  });

  test('params of other DAGs in dagwright.yaml are not this one’s', async () => {
    expect(await input({ elsewhere: 1 })).toEqual({ params: { fromKaggle: true, mode: 'fast' } });
  });

  test.each([
    [{ params: { fromKagle: true } }, 'RUN051', 'Did you mean "fromKaggle"?'],
    [{ params: { fromKaggle: 'yes' } }, 'RUN053', '"fromKaggle"'],
    [{ params: { limit: 0 } }, 'RUN053', 'must be at least 1'],
    [{ params: { mode: 'middling' } }, 'RUN053', '"fast" or "slow"'],
    [{ parms: {} }, 'RUN050', '"parms"'],
    [{ limit: 1 }, 'RUN050', '"limit" beside "params"'],
    [{ logical_date: 'yesterday' }, 'RUN050', 'logical_date'],
    [{ logical_date: '2026-02-30' }, 'RUN050', 'no date of the calendar'],
    [{ params: [] }, 'RUN050', '"params" is a list, not an object'],
    ['{"params": ', 'SIM001', 'it ends where a value was expected'],
    ['[]', 'RUN050', 'not an object'],
  ])('%j is refused', async (file, code, message) => {
    const stop = await stopOf(input({}, file));
    expect(stop.exitCode).toBe(1);
    expect(stop.diagnostics[0]!.code).toBe(code);
    expect(stop.diagnostics[0]!.message).toContain(message);
  });

  test('a file that is not there', async () => {
    const stop = await stopOf(executionInput(MANIFEST, { env: {}, params: {} }, '/nowhere/input.json'));
    expect(stop.diagnostics[0]!.code).toBe('CLI001');
  });
});
