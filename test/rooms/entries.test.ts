import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');

/** What importing the module loads, the sources of this project alone. */
async function loads(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(ROOT, entry)],
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    metafile: true,
    splitting: true,
    outdir: 'build',
  });
  const found = new Set<string>([entry]);
  for (const file of found)
    for (const { path, kind } of metafile.inputs[file]?.imports ?? [])
      if (kind === 'import-statement' && metafile.inputs[path] !== undefined) found.add(path);
  return [...found];
}

const CODE_OF_SERVICES = /^engines\/|^aws\/|^tasks\/\w+\/(engine|logs)\b/;

test.each(['authoring/index.ts', 'tasks/index.ts', 'compiler/index.ts'])(
  '%s loads no engine and no client',
  async (entry) => {
    const loaded = await loads(entry);
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter((file) => CODE_OF_SERVICES.test(file))).toEqual([]);
  },
);

test('a local run loads the engine of a service when a task calls it', async () => {
  const loaded = await loads('local/run.ts');
  expect(loaded).toContain('tasks/services.ts');
  expect(loaded.filter((file) => /^tasks\/\w+\/(engine|logs)\b/.test(file))).toEqual([]);
});
