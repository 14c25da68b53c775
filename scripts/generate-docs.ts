/** Writes the pages of docs/ that are made from the code, and the code that is made from docs/: `npm run generate:docs`. A test fails where they are stale. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { airflowFields } from './airflow-fields.ts';
import { withDeployerPolicy } from './deployer-policy.ts';
import { diagnosticPages } from './diagnostic-pages.ts';

const dir = 'docs/diagnostics';
const pages = diagnosticPages('test/errors');
mkdirSync(dir, { recursive: true });
for (const name of readdirSync(dir)) if (!pages.has(name)) rmSync(join(dir, name));
for (const [name, text] of pages) writeFileSync(join(dir, name), text);
process.stdout.write(`wrote ${pages.size} pages to ${dir}\n`);

const generated = 'authoring/checks/airflow-fields.generated.ts';
writeFileSync(generated, airflowFields(readFileSync('docs/airflow.md', 'utf8')));
process.stdout.write(`wrote ${generated}\n`);

const deploy = 'docs/deploy.md';
writeFileSync(deploy, withDeployerPolicy(readFileSync(deploy, 'utf8'), '.'));
process.stdout.write(`wrote the least policy in ${deploy}\n`);
