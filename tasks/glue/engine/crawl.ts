import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { text as sqlText } from '../../../engines/duckdb.ts';
import type { Column, Crawler } from './catalog.ts';
import { hiveType } from './hive-type.ts';
import { type DataFile, tableFiles } from './table-files.ts';

/** What a crawl found: a table's folder and its columns. */
export interface Found {
  readonly name: string;
  readonly location: string;
  readonly columns: readonly Column[];
  readonly partitionKeys: readonly Column[];
  readonly files: number;
}

/** A crawl that cannot say what a table is fails whole, with this message. */
export class CrawlError extends Error {}

/**
 * Goes through a crawler's paths: which folders are tables, and from the schema of their Parquet files, which columns they have. Files
 * of one table whose columns contradict each other fail the crawl.
 */
export async function crawl(
  crawler: Crawler,
  folderOf: (uri: string) => string | undefined,
  db: DuckDBConnection,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const path of crawler.paths) {
    const folder = folderOf(path);
    if (folder === undefined || !(await isFolder(folder))) throw new CrawlError(`The path ${path} does not exist`);
    const base = path.endsWith('/') ? path : `${path}/`;
    const levels = crawler.tableLevel === undefined ? undefined : crawler.tableLevel - levelOf(base);
    for (const below of await tableFolders(folder, '', levels)) {
      const location = `${base}${below}`;
      const files = await tableFiles(join(folder, below));
      if (files.length === 0) continue;
      found.push({
        name: tableName(below === '' ? base : below),
        location,
        files: files.length,
        ...(await describe(files, location, db)),
      });
    }
  }
  const names = found.map((table) => table.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new CrawlError(`Two folders would both be the table "${twice}"`);
  return found;
}

/** The folders that are tables, relative and with a slash at the end: `levels` down if that is given, else the first that have files. */
async function tableFolders(folder: string, below: string, levels: number | undefined): Promise<string[]> {
  if (levels !== undefined && levels <= 0) return [below];
  const entries = (await readdir(join(folder, below), { withFileTypes: true })).filter(
    (e) => !e.name.startsWith('_') && !e.name.startsWith('.'),
  );
  const folders: string[] = [];
  for (const { name } of entries) if (await isFolder(join(folder, below, name))) folders.push(name);
  if (levels === undefined && (entries.length > folders.length || folders.some((name) => name.includes('='))))
    return [below];
  const inner = await Promise.all(
    folders
      .sort()
      .map((name) => tableFolders(folder, `${below}${name}/`, levels === undefined ? undefined : levels - 1)),
  );
  return inner.flat();
}

async function describe(
  files: readonly DataFile[],
  location: string,
  db: DuckDBConnection,
): Promise<{ columns: Column[]; partitionKeys: Column[] }> {
  const alien = files.find((file) => !file.path.endsWith('.parquet'));
  if (alien !== undefined)
    throw new CrawlError(`${location} holds ${basename(alien.path)}; on this machine tables are Parquet files`);
  const columns = new Map<string, Column & { file: string }>();
  for (const file of files) {
    for (const column of await columnsOf(file.path, location, db)) {
      const before = columns.get(column.Name);
      if (before === undefined) columns.set(column.Name, { ...column, file: basename(file.path) });
      else if (before.Type !== column.Type)
        throw new CrawlError(
          `The files of ${location} contradict each other: column "${column.Name}" is ${before.Type} in ${before.file} and ${column.Type} in ${basename(file.path)}`,
        );
    }
  }
  const keys = [...new Set(files.map((file) => file.partition.map(([key]) => key).join('/')))];
  if (keys.length > 1)
    throw new CrawlError(`The folders of ${location} contradict each other: partitions by ${keys.join(' and by ')}`);
  const partitionKeys = (files[0]?.partition ?? []).map(([key]) => ({ Name: key, Type: 'string' }));
  const inner = [...columns.values()]
    .filter(({ Name }) => !partitionKeys.some((key) => key.Name === Name))
    .map(({ Name, Type }) => ({ Name, Type }));
  return { columns: inner, partitionKeys };
}

async function columnsOf(file: string, location: string, db: DuckDBConnection): Promise<Column[]> {
  const rows = await db
    .runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlText(file)}, hive_partitioning = false)`)
    .then((reader) => reader.getRowsJson())
    .catch((error: Error) => {
      throw new CrawlError(`${location}${basename(file)} cannot be read as Parquet: ${error.message.split('\n')[0]}`);
    });
  return rows.map((row) => {
    const [name, type] = [String(row[0]), String(row[1])];
    const hive = hiveType(type);
    if (hive === undefined)
      throw new CrawlError(`${location}: column "${name}" has the type ${type}, which Glue does not have`);
    return { Name: name.toLowerCase(), Type: hive };
  });
}

/** The level of a folder as Glue counts: the bucket is level 1. */
function levelOf(uri: string): number {
  return uri
    .slice('s3://'.length)
    .split('/')
    .filter((part) => part !== '').length;
}

/** A table's name is its folder's, in lower case, other characters replaced. */
function tableName(path: string): string {
  return basename(path.replace(/\/+$/, ''))
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_');
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
