import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { validate } from '../../asl/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');
const read = (name: string) => readFileSync(`${EXAMPLES}/dist/datalake_iceberg/${name}`, 'utf8');
const tasksOf = (file: string) =>
  (JSON.parse(readFileSync(file, 'utf8')) as Manifest).tasks.map(({ id }) => id).filter((id) => id !== 'crawl_gold');

test('the examples’ dist/ is what their DAGs say', async () => {
  const bin = resolve(EXAMPLES, '../bin/dagwright.js');
  await expect(
    promisify(execFile)(process.execPath, [bin, 'compile', '--check'], { cwd: EXAMPLES }),
  ).resolves.toBeDefined();
}, 120_000);

test('the pipeline on Iceberg is the reference pipeline without the crawl', () => {
  expect(tasksOf(`${EXAMPLES}/dist/datalake_iceberg/manifest.json`)).toEqual(
    tasksOf(resolve(EXAMPLES, '../dist/datalake/manifest.json')),
  );
  expect(validate(read('step_function.json'))).toEqual([]);
});

test('its cluster may change the tables of its database and no others', () => {
  const { env } = JSON.parse(read('manifest.json')) as {
    env: Record<string, { policy?: { Statement: { Action: string[]; Resource: string[] }[] } }>;
  };
  const statements = env.emrInstanceProfile!.policy!.Statement;
  const ofTables = statements.filter(({ Action }) => Action.includes('glue:UpdateTable'));
  expect(ofTables.map(({ Resource }) => Resource)).toEqual([
    ['catalog', 'database/desafio', 'table/desafio/*'].map(
      (place) => `arn:\${partition}:glue:\${region}:\${account}:${place}`,
    ),
  ]);
});
