import { diagnose } from '../../../diagnostics/index.ts';
import { causeOf } from '../../../engines/engine.ts';
import type { Translation } from './translator.ts';

/** Why a query failed, in Athena's form: `TABLE_NOT_FOUND: line 1:15: Table 'x' does not exist`. */
export class QueryError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'QueryError';
    this.code = code;
  }
}

/** What the translator refused. */
export function translationError(refused: Extract<Translation, { error: string }>): QueryError {
  const place = refused.line === undefined ? '' : `line ${refused.line}:${refused.column ?? 1}: `;
  const explain = {
    syntax: () => new QueryError('SYNTAX_ERROR', `${place}${refused.message}`),
    statement: () => new QueryError('NOT_SUPPORTED', `On this machine ${refused.message}.`),
    function: () => notTranslated(refused.message),
    construct: () => new QueryError('NOT_SUPPORTED', `The local SQL engine cannot say this: ${refused.message}`),
  };
  return explain[refused.error]();
}

/** DuckDB's messages and what Athena would say in their place. */
const DUCKDB: readonly (readonly [RegExp, (found: RegExpExecArray) => QueryError])[] = [
  [
    /Catalog Error: Table with name (\S+) does not exist/,
    ([, name]) => new QueryError('TABLE_NOT_FOUND', `Table '${name}' does not exist`),
  ],
  [
    /(?:Catalog|Binder) Error: Schema with name (\S+) does not exist/,
    ([, name]) => new QueryError('SCHEMA_NOT_FOUND', `Schema '${name}' does not exist`),
  ],
  [
    /Catalog Error: Catalog "([^"]+)" does not exist/,
    ([, name]) => new QueryError('CATALOG_NOT_FOUND', `Catalog '${name}' does not exist`),
  ],
  [/Catalog Error: \S+ Function with name (\S+) does not exist/, ([, name]) => notTranslated(name!.replace(/!$/, ''))],
  [
    /Binder Error: Referenced column "([^"]+)" not found/,
    ([, name]) =>
      new QueryError(
        'COLUMN_NOT_FOUND',
        `Column '${name}' cannot be resolved or requester is not authorized to access requested resources`,
      ),
  ],
  [
    /Binder Error: Referenced table "([^"]+)" not found/,
    ([, name]) => new QueryError('TABLE_NOT_FOUND', `Table '${name}' does not exist`),
  ],
  [/Parser Error: (.*)/, ([, rest]) => new QueryError('SYNTAX_ERROR', rest!)],
  [/Conversion Error: (.*)/, ([, rest]) => new QueryError('INVALID_CAST_ARGUMENT', rest!)],
  [/Out of Range Error: (.*)/, ([, rest]) => new QueryError('NUMERIC_VALUE_OUT_OF_RANGE', rest!)],
  [/Out of Memory Error: (.*)/, ([, rest]) => new QueryError('EXCEEDED_LOCAL_MEMORY_LIMIT', rest!)],
  [/(?:IO|Invalid Input) Error: (.*)/, ([, rest]) => new QueryError('HIVE_CANNOT_OPEN_SPLIT', rest!)],
  [/Binder Error: (.*)/, ([, rest]) => new QueryError('TYPE_MISMATCH', rest!)],
];

export function engineError(error: Error): QueryError {
  for (const [pattern, explain] of DUCKDB) {
    const found = pattern.exec(error.message);
    if (found !== null) return explain(found);
  }
  return new QueryError('GENERIC_INTERNAL_ERROR', error.message.split('\n')[0]!);
}

function notTranslated(name: string): QueryError {
  return new QueryError('FUNCTION_NOT_FOUND', causeOf(diagnose('RUN073', { name })));
}
