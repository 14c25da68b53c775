import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { Stop } from '../../diagnostics/index.ts';

/** Every example of docs/authoring.md and of the pages of services type-checks, and compiles or is refused as it says. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.dagwright/docs-examples');
const examples = ['docs/authoring.md', 'docs/services.md', 'docs/services-jobs.md'].flatMap(examplesOf);

function examplesOf(page: string) {
  const found = [...readFileSync(join(root, page), 'utf8').matchAll(/```ts ?([^\n]*)\n(.*?)\n```/gs)];
  const first = found[0]![2]!;
  return found.map(([, mark = '', text = ''], i) => {
    const [, code] = /^refused (\w+)$/.exec(mark) ?? [];
    return {
      name: `${page} ${i + 1}: ${text.split('\n').find((line) => !line.startsWith('import'))}`,
      code,
      file: i === 0 ? text : goingOn(first, text),
      i: `${page.replace(/\W/g, '-')}-${i}`,
    };
  });
}

/** The first example of a page is a whole file, and the others go on from it. */
function goingOn(first: string, text: string): string {
  const imports = text.split('\n').filter((line) => line.startsWith('import '));
  const rest = text.split('\n').filter((line) => !line.startsWith('import '));
  return [...imports, first.replace('export default dag;', ''), '{', ...rest, '}', 'export default dag;'].join('\n');
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const { file, i } of examples) {
    mkdirSync(join(folder, i), { recursive: true });
    writeFileSync(join(folder, i, 'dag.ts'), file);
  }
  const config = { extends: '../../tsconfig.json', include: ['**/*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('all examples type-check', () => {
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test.each(examples)('example $name', async ({ code, i }) => {
  const told = await compileFolder(join(folder, i), root).then(
    ({ warnings, faults }) => [...warnings, ...faults],
    (error: unknown) => {
      if (error instanceof Stop) return error.diagnostics;
      throw error;
    },
  );
  const codes = told.map((diagnostic) => diagnostic.code);
  expect([...new Set(codes)]).toEqual(code === undefined ? [] : [code]);
});
