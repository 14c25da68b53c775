import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { createColors } from 'picocolors';
import { diagnosticsText } from '../../cli/diagnostics-text.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { CATALOGUE, inOrder, Stop } from '../../diagnostics/index.ts';

/** A folder a fault: dag.ts, and what the user is told in diagnostics.txt. UPDATE=1 writes it anew. */
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(folders)('%s', async (folder) => {
  const diagnostics = await compileFolder(join(here, folder), root).then(
    ({ warnings, faults }) => inOrder([...warnings, ...faults]),
    (error: unknown) => {
      if (error instanceof Stop) return error.diagnostics;
      throw error;
    },
  );
  const text = diagnosticsText(diagnostics, createColors(false)).replaceAll(`${root}/`, '');
  const expected = join(here, folder, 'diagnostics.txt');
  if (process.env.UPDATE) writeFileSync(expected, text);
  expect(diagnostics.map(({ code }) => code)).toContain(folder.split('-')[0]);
  expect(text).toBe(readFileSync(expected, 'utf8'));
});

test('every fault of a DAG has its folder', () => {
  /** Told by the command line about dist/ or a name (test/cli), or unreachable by a folder of this size. */
  const elsewhere = ['DAG017', 'DAG024', 'DAG027', 'DAG106', 'DAG141', 'DAG145', 'DAG163'];
  const codes = Object.keys(CATALOGUE).filter((code) => code.startsWith('DAG') && !elsewhere.includes(code));
  expect([...new Set(folders.map((folder) => folder.split('-')[0]))].sort()).toEqual(codes.sort());
});
