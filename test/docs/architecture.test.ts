import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

/** docs/architecture.md and the README of 5-outcomes, held against the code. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const ARCHITECTURE = 'docs/architecture.md';
const OUTCOMES = 'compiler/5-outcomes/README.md';

/** The project's paths in a page's code spans: they begin with a folder of the project, or are files beside the page. */
function pathsIn(page: string): string[] {
  const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const spans = [...read(page).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span as string);
  return [
    ...spans.filter((span) => folders.some((folder) => span.startsWith(`${folder}/`)) && !span.includes('<')),
    ...spans.filter((span) => /^[\w-]+\.ts$/.test(span)).map((file) => join(dirname(page), file)),
  ];
}

test.each([ARCHITECTURE, OUTCOMES])('%s names files that there are', (page) => {
  const paths = pathsIn(page);
  expect(paths.length).toBeGreaterThan(8);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const links = [...read(page).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => join(dirname(page), link as string));
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
});

test('the picture has every phase, in order', () => {
  const drawn = [...read(ARCHITECTURE).matchAll(/^ (\d-\w+) /gm)].map(([, phase]) => phase);
  const folders = readdirSync(join(root, 'compiler')).filter((name) => /^\d-/.test(name));
  expect(drawn).toEqual(folders.sort());
});

test('each file of the option’s path deals with it', () => {
  const [, table = ''] = read(ARCHITECTURE).split('## One option’s path'.replace('’', "'"));
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && line.includes(']('));
  expect(rows.length).toBeGreaterThan(6);
  const files = rows.flatMap((row) => [...row.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file]) => file as string));
  expect(files.filter((file) => !/executionTimeout|timeoutSeconds/.test(read(file)))).toEqual([]);
});

test('every file of 5-outcomes stands in its README', () => {
  const files = readdirSync(join(root, dirname(OUTCOMES))).filter((file) => file.endsWith('.ts'));
  expect(files.filter((file) => !read(OUTCOMES).includes(`\`${file}\``))).toEqual([]);
});

/** `<!-- file -->` or `<!-- file path/in/its/states -->`, then a block that has just that. */
const blocks = [...read(OUTCOMES).matchAll(/<!-- (\S+?)(?: (.+?))? -->\n```\w*\n([\s\S]*?)\n```/g)];

test.each(blocks.map(([, file, path, text]) => ({ file: file as string, path, text: text as string })))(
  'the README of 5-outcomes shows $file $path',
  ({ file, path, text }) => {
    if (path === undefined) return expect(`${text}\n`).toBe(read(file));
    const { States } = JSON.parse(read(file)) as { readonly States: unknown };
    const found = path.split('/').reduce<unknown>((value, part) => (value as { [key: string]: unknown })[part], States);
    expect(found).toBeDefined();
    expect(JSON.parse(text)).toEqual(found);
  },
);

test('it has the DAG, its plan, its outcomes and states', () => {
  expect(blocks).toHaveLength(8);
});
