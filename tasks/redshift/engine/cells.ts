import type { DuckDBResultReader, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Json } from '../../../asl/json/value.ts';

/** The rows of a statement, as GetStatementResult has them. */
export interface Rows {
  readonly columns: readonly Json[];
  readonly records: readonly (readonly Json[])[];
}

/** DuckDB's types, as Redshift calls them; others are texts. */
const TYPES: Readonly<Record<string, string>> = {
  BOOLEAN: 'bool',
  SMALLINT: 'int2',
  INTEGER: 'int4',
  BIGINT: 'int8',
  HUGEINT: 'int8',
  FLOAT: 'float4',
  DOUBLE: 'float8',
  DECIMAL: 'numeric',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
};

export function rowsOf(read: DuckDBResultReader): Rows {
  const types = read.columnTypes();
  return {
    columns: read.columnNames().map((Name, i) => ({ Name, Label: Name, TypeName: typeName(types[i]!) })),
    records: read.getRows().map((row) => row.map((value, i) => cell(value, typeName(types[i]!)))),
  };
}

function typeName(type: DuckDBType): string {
  return TYPES[String(type).replace(/\(.*/, '')] ?? 'varchar';
}

/**
 * A cell has one member, named after its type: numbers that must be exact are texts.
 * @see https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_Field.html
 */
function cell(value: DuckDBValue, type: string): Json {
  if (value === null) return { IsNull: true };
  if (type === 'bool') return { BooleanValue: value as boolean };
  if (type.startsWith('int')) return { LongValue: Number(value) };
  if (type.startsWith('float')) return { DoubleValue: value as number };
  return { StringValue: String(value) };
}
