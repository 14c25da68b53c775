import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, text } from '../../../engines/duckdb.ts';
import { type Lake, parseS3Uri } from '../../../engines/lake/lake.ts';
import { StatementError, statementError } from './statement-error.ts';
import type { BulkOptions, Translated } from './translator.ts';

type Copy = Extract<Translated, { kind: 'copy' }>;

interface Column {
  readonly name: string;
  readonly type: string;
  /** Its values are made by the database. */
  readonly isIdentity: boolean;
}

/**
 * COPY from S3: every object whose key begins with the prefix, by the order of the columns, of JSON by their names.
 * @returns how many rows it loaded
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html
 */
export async function load(db: DuckDBConnection, lake: Lake, copy: Copy): Promise<number> {
  const table = copy.table.map(identifier).join('.');
  const all = await columnsOf(db, table);
  const columns =
    copy.columns.length === 0
      ? all.filter(({ isIdentity }) => copy.options.EXPLICIT_IDS === true || !isIdentity)
      : copy.columns.map((name) => named(all, name));
  const files = await filesOf(lake, copy);
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  try {
    const from = await rowsIn(db, files, columns, copy.options);
    return (await db.run(`INSERT INTO ${table} (${names}) ${from}`)).rowsChanged;
  } catch (error) {
    if (error instanceof StatementError) throw error;
    const why = statementError(error).message.replace(/^ERROR: /, '');
    const name = copy.table.at(-1);
    throw new StatementError(
      `Load into table '${name}' failed. Check 'sys_load_error_detail' system table for details. Here: ${why}`,
    );
  }
}

async function columnsOf(db: DuckDBConnection, table: string): Promise<Column[]> {
  const described = await db.runAndReadAll(`DESCRIBE ${table}`);
  return described.getRows().map(([name, type, , , value]) => ({
    name: String(name),
    type: String(type),
    isIdentity: /^nextval\(/.test(String(value)),
  }));
}

function named(all: readonly Column[], name: string): Column {
  const found = all.find((column) => column.name === name);
  if (found === undefined) throw new StatementError(`column "${name}" does not exist`);
  return found;
}

async function filesOf(lake: Lake, { from, options }: Copy): Promise<string[]> {
  const place = parseS3Uri(from);
  if (place === undefined) throw new StatementError(`${from} is no address in S3`);
  const files: string[] = [];
  // Of columnar files those are read that Spectrum sees.
  for await (const { file } of lake.objects(place.bucket, place.key))
    if (options.FORMAT !== 'PARQUET' || !/^[._#]/.test(basename(file))) files.push(file);
  if (files.length === 0) throw new StatementError(`The specified S3 prefix '${place.key}' does not exist`);
  return files;
}

/** A SELECT of the columns, in their order, from the files. */
async function rowsIn(
  db: DuckDBConnection,
  files: readonly string[],
  columns: readonly Column[],
  options: BulkOptions,
): Promise<string> {
  const list = `[${files.map(text).join(', ')}]`;
  if (options.FORMAT === 'PARQUET') {
    const from = `SELECT * FROM read_parquet(${list}, hive_partitioning = false)`;
    const { length } = (await db.runAndReadAll(`DESCRIBE ${from}`)).getRows();
    if (length === columns.length) return from;
    throw new StatementError(
      `Unmatched number of columns between table and file. Table columns: ${columns.length}, Data columns: ${length}`,
    );
  }
  const read = columns.map((column) => `${value(column, options)} AS ${identifier(column.name)}`).join(', ');
  const asText = `{${columns.map(({ name }) => `${text(name)}: 'VARCHAR'`).join(', ')}}`;
  const packed = compression(options);
  if (options.FORMAT === 'JSON')
    return `SELECT ${read} FROM read_json(${list}, columns = ${asText}, format = 'auto'${packed})`;
  const isCsv = options.FORMAT === 'CSV';
  const quote = isCsv || options.REMOVEQUOTES === true ? String(options.QUOTE ?? '"') : '';
  const settings = [
    `columns = ${asText}`,
    'header = false',
    'auto_detect = false',
    `skip = ${options.IGNOREHEADER ?? 0}`,
    `delim = ${text(String(options.DELIMITER ?? (isCsv ? ',' : '|')))}`,
    `quote = ${text(quote)}`,
    `escape = ${text(quote)}`,
    `nullstr = ${text(String(options.NULL ?? '\\N'))}`,
    `null_padding = ${options.FILLRECORD === true}`,
  ];
  return `SELECT ${read} FROM read_csv(${list}, ${settings.join(', ')}${packed})`;
}

/** A file that is named as if it were packed is not unpacked where the statement does not say so. */
function compression({ FORMAT, GZIP, ZSTD }: BulkOptions): string {
  const none = FORMAT === 'JSON' ? 'uncompressed' : 'none';
  const packed = ZSTD === true ? 'zstd' : none;
  return `, compression = '${GZIP === true ? 'gzip' : packed}'`;
}

/** A text of a file as a value of its column: nothing is NULL, but in a column of texts. */
function value({ name, type }: Column, { EMPTYASNULL, BLANKSASNULL }: BulkOptions): string {
  const column = identifier(name);
  if (type !== 'VARCHAR') return `CAST(nullif(trim(${column}), '') AS ${type})`;
  if (BLANKSASNULL === true) return `CASE WHEN trim(${column}) <> '' THEN ${column} END`;
  return EMPTYASNULL === true ? `nullif(${column}, '')` : column;
}
