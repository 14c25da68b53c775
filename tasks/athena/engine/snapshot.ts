import { identifier, text } from '../../../engines/duckdb.ts';
import type { Database, Table } from '../../glue/engine/catalog.ts';
import type { Field, Snapshot } from '../../glue/engine/iceberg.ts';
import { names } from './access.ts';
import { QueryError } from './query-error.ts';

/** DuckDB's types by Iceberg's: https://iceberg.apache.org/spec/#primitive-types */
const DUCK_TYPES: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  string: 'VARCHAR',
  uuid: 'UUID',
  binary: 'BLOB',
};

function duckType({ type }: Field): string | undefined {
  if (/^decimal\(\d+, ?\d+\)$/.test(type)) return type.toUpperCase();
  return /^fixed\[\d+\]$/.test(type) ? 'BLOB' : DUCK_TYPES[type];
}

/**
 * The rows of an Iceberg table's snapshot. Columns are found in its files by their ids, so that one that was renamed or added later is
 * there in older files too. Undefined for a snapshot that cannot be read here.
 * @param pathOf the file on this machine of an `s3://` URI
 */
export function selectSnapshot(snapshot: Snapshot, pathOf: (uri: string) => string): string | undefined {
  if (faultOf(snapshot) !== undefined || 'fault' in snapshot) return undefined;
  const { fields, files } = snapshot;
  if (files.length === 0) {
    const nulls = fields.map((field) => `CAST(NULL AS ${duckType(field)}) AS ${identifier(field.name)}`);
    return `SELECT ${nulls.join(', ')} WHERE false`;
  }
  const columns = fields.map(
    (field) => `${field.id}: {name: ${text(field.name)}, type: ${text(duckType(field)!)}, default_value: NULL}`,
  );
  const list = files.map((uri) => text(pathOf(uri)));
  const source = `read_parquet([${list.join(', ')}], hive_partitioning = false, schema = MAP {${columns.join(', ')}})`;
  return `SELECT ${fields.map((field) => identifier(field.name)).join(', ')} FROM ${source}`;
}

/** @throws QueryError for a query that names an Iceberg table which cannot be read here */
export function mayBeRead({ tables }: Database, sql: string): void {
  for (const table of Object.values(tables).filter(
    ({ snapshot, Name }) => snapshot !== undefined && names(sql, Name),
  )) {
    const fault = faultOf(table.snapshot!);
    if (fault !== undefined)
      throw new QueryError('NOT_SUPPORTED', `${title(table)} cannot be read on this machine: ${fault}`);
  }
}

function title({ DatabaseName, Name }: Table): string {
  return `The Iceberg table ${DatabaseName}.${Name}`;
}

function faultOf(snapshot: Snapshot): string | undefined {
  if ('fault' in snapshot) return snapshot.fault === 'deletes' ? DELETES : snapshot.fault;
  const alien = snapshot.fields.find((field) => duckType(field) === undefined);
  return alien && `its column "${alien.name}" has the type ${alien.type}.`;
}

const DELETES =
  'rows of its files are deleted by delete files. Set its write.delete.mode, write.update.mode and write.merge.mode to copy-on-write, and rewrite its data files.';
