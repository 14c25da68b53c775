import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { diagnosticPages } from '../../scripts/diagnostic-pages.ts';

/** `npm run generate:docs` writes them anew. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const dir = join(root, 'docs/diagnostics');
const pages = diagnosticPages(join(root, 'test/errors'));

test('docs/diagnostics has a page for each code, and no other', () => {
  expect(readdirSync(dir).sort()).toEqual([...pages.keys()].sort());
});

test.each([...pages])('docs/diagnostics/%s says what the catalogue says', (name, text) => {
  expect(readFileSync(join(dir, name), 'utf8')).toBe(text);
  // Every argument of the message shows as a word of its own.
  expect(/```text\n(.*?)\n```/s.exec(text)?.[1] ?? '').not.toMatch(/\bundefined\b|NaN|\[object/);
});
