import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { newRunId, pruneRuns, recordsOf } from '../../local/record.ts';
import { folderWith } from './support.ts';

const NOW = Date.UTC(2026, 10, 24, 22, 45, 47);

test('runs of one second have names of their own, in order', async () => {
  const root = await folderWith();
  expect(await newRunId(root, 'datalake', NOW)).toBe('20261124T224547-datalake');
  const taken = await folderWith({ 'runs/20261124T224547-datalake/run.json': '{}' });
  expect(await newRunId(taken, 'datalake', NOW)).toBe('20261124T224547-datalake-2');
});

test('the last twenty runs stay', async () => {
  const names = Array.from({ length: 23 }, (_, i) => `20260101T0000${String(i).padStart(2, '0')}-x`);
  const root = await folderWith(
    Object.fromEntries(names.map((name) => [join('runs', name, 'run.json'), JSON.stringify({ run: name, dag: 'x' })])),
  );
  await pruneRuns(root);
  expect((await readdir(join(root, 'runs'))).sort()).toEqual(names.slice(3));
  expect((await recordsOf(root, 'x')).map(({ run }) => run)).toEqual(names.slice(3).reverse());
  expect(await recordsOf(root, 'y')).toEqual([]);
});
