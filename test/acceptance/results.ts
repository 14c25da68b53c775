import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Results } from '../../acceptance/results.ts';
import { REPOSITORY } from '../local/support.ts';

const read = (file: string) => JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8')) as object;
const EXAMPLE = 'acceptance/results.example.json';

const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(read('acceptance/results.schema.json'));

/** What of results is not as the committed schema has it. */
export function schemaErrors(results: unknown): string[] {
  const { code: _, ...own } = results as Results & { code?: unknown };
  return validate(own) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The committed example is what a run of the tests finds, but for times and names; UPDATE=1 writes it anew. */
export function checkExample(results: Results): void {
  const { code: _, ...own } = results as Results & { code?: unknown };
  if (process.env.UPDATE) writeFileSync(join(REPOSITORY, EXAMPLE), `${JSON.stringify(own, undefined, 2)}\n`);
  const example = read(EXAMPLE) as Results;
  expect(schemaErrors(example)).toEqual([]);
  expect(outline(example)).toEqual(outline(results));
}

function outline({ checks, counts, endpoint, resultsVersion }: Results) {
  const parts = checks.map(({ number, name, title, most, verdict, parts: all, answers }) => ({
    ...{ number, name, title, most, verdict },
    // How many machines there are, the test itself counts.
    parts: all.map((part) => `${part.verdict} ${part.name.replace(/^\d+ machines$/, 'n machines')}`),
    answers: answers.map(({ what }) => what.replace(/\d+\.\d+ s/, 'n s')),
  }));
  return { counts, endpoint, resultsVersion, checks: parts };
}
