/** Writes the pages of docs/ that are made from the code: `npm run generate:docs`. A test fails where they are stale. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosticPages } from './diagnostic-pages.ts';

const dir = 'docs/diagnostics';
const pages = diagnosticPages('test/errors');
mkdirSync(dir, { recursive: true });
for (const name of readdirSync(dir)) if (!pages.has(name)) rmSync(join(dir, name));
for (const [name, text] of pages) writeFileSync(join(dir, name), text);
process.stdout.write(`wrote ${pages.size} pages to ${dir}\n`);
