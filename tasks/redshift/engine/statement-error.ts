import { diagnose } from '../../../diagnostics/index.ts';
import { causeOf } from '../../../engines/engine.ts';
import type { Translation } from './translator.ts';

/** Why a statement failed, in Redshift's words: `ERROR: relation "x" does not exist`. */
export class StatementError extends Error {
  constructor(message: string) {
    super(`ERROR: ${message}`);
    this.name = 'StatementError';
  }
}

/** What the translator refused. */
export function refusal({ error, message }: Extract<Translation, { error: string }>): StatementError {
  return new StatementError(error === 'syntax' ? message : causeOf(diagnose('RUN084', { what: message })));
}

/** DuckDB's messages, and what Redshift says in their place. */
const DUCKDB: readonly (readonly [RegExp, (found: readonly string[]) => string])[] = [
  [/Table with name "([^"]+)" already exists/, ([, name]) => `Relation "${name}" already exists`],
  [/because schema "([^"]+)" does not exist/, ([, name]) => `schema "${name}" does not exist`],
  [/Schema with name (\S+) does not exist/, ([, name]) => `schema "${name}" does not exist`],
  [/Table with name (\S+) does not exist/, ([, name]) => `relation "${name}" does not exist`],
  [/Referenced table "([^"]+)" not found/, ([, name]) => `relation "${name}" does not exist`],
  [/Referenced (?:update )?column "?([^" ]+)"? not found/, ([, name]) => `column "${name}" does not exist`],
  [/does not have a column with name "([^"]+)"/, ([, name]) => `column "${name}" does not exist`],
  [/Function with name (\S+?)!? does not exist/, ([, name]) => causeOf(diagnose('RUN073', { name: name! }))],
  [
    /NOT NULL constraint failed: (?:.*\.)?(\S+)/,
    ([, name]) => `Cannot insert a NULL value into column ${name!.replace(/\.$/, '')}`,
  ],
  [/Parser Error: (.*)/, ([, rest]) => rest!],
  [/Out of Range Error: (.*)/, ([, rest]) => `Numeric data overflow (${rest})`],
  [/^\w[\w ]* Error: (.*)/, ([, rest]) => rest!],
];

export function statementError(error: unknown): StatementError {
  if (error instanceof StatementError) return error;
  const { message } = error as Error;
  for (const [pattern, said] of DUCKDB) {
    const found = pattern.exec(message);
    if (found !== null) return new StatementError(said(found));
  }
  return new StatementError(message.split('\n')[0]!);
}
