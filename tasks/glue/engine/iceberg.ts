import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnose } from '../../../diagnostics/index.ts';
import { type Account, causeOf } from '../../../engines/engine.ts';
import { icebergFile } from '../../../engines/iceberg.ts';
import { LineProcess } from '../../../engines/python/line-process.ts';
import { packageRoot } from '../../../packaging/own-files.ts';
import { catalogOf, type Database, type Table } from './catalog.ts';

/** What a table's current snapshot is made of; `fault` says why it cannot be read. */
export type Snapshot =
  | { readonly fields: readonly Field[]; readonly files: readonly string[] }
  | { readonly fault: string };

export interface Field {
  /** By which files name the column, whatever it was called when they were written. */
  readonly id: number;
  readonly name: string;
  /** As Iceberg writes it: https://iceberg.apache.org/spec/#primitive-types */
  readonly type: string;
}

interface Found {
  readonly database: string;
  readonly name: string;
  readonly location: string;
  readonly columns?: readonly Field[];
  readonly files?: readonly string[];
  readonly fault?: string;
}
type Answer = { readonly tables: readonly Found[] } | { readonly missing: string };

/** Reads Iceberg's tables in the Data Catalog of this machine; the process that does starts with the first one. */
class IcebergTables {
  readonly #account: Account;
  #process: Promise<LineProcess<{ catalog: string; buckets: string }, Answer>> | undefined;

  constructor(account: Account) {
    this.#account = account;
  }

  async read(): Promise<readonly Found[]> {
    const { root, lake, python, env } = this.#account;
    const catalog = icebergFile(root);
    if (!(await isThere(catalog))) return [];
    const script = join(packageRoot(), 'tasks/glue/engine/iceberg_tables.py');
    this.#process ??= python().then((found) => new LineProcess('The reader of Iceberg tables', script, found, env));
    const answer = await (await this.#process).ask({ catalog, buckets: lake.folder });
    if ('missing' in answer) throw new Error(causeOf(diagnose('RUN074', { module: answer.missing })));
    return answer.tables;
  }

  async close(): Promise<void> {
    (await this.#process?.catch(() => undefined))?.close();
  }
}

const OPEN = new WeakMap<Account, IcebergTables>();

/**
 * The databases of the Data Catalog with the tables in them: those that crawlers made, and Iceberg's as they are now.
 * @throws Error where there are Iceberg tables and the environment cannot read them (RUN074)
 */
export async function databasesOf(account: Account): Promise<Readonly<Record<string, Database>>> {
  const { databases } = await catalogOf(account).read();
  const iceberg = OPEN.get(account) ?? new IcebergTables(account);
  OPEN.set(account, iceberg);
  const all: Record<string, Database> = { ...databases };
  for (const found of await iceberg.read()) {
    const name = found.database.toLowerCase();
    const database = all[name] ?? { Name: name, CreateTime: '', tables: {} };
    all[name] = { ...database, tables: { ...database.tables, [found.name.toLowerCase()]: tableOf(name, found) } };
  }
  return all;
}

/** Ends what reads Iceberg's tables of an account. */
export async function closeIceberg(account: Account): Promise<void> {
  await OPEN.get(account)?.close();
}

/** In Glue's words: https://iceberg.apache.org/docs/latest/aws/#glue-catalog */
function tableOf(database: string, { name, location, columns = [], files = [], fault }: Found): Table {
  return {
    Name: name.toLowerCase(),
    DatabaseName: database,
    Location: location.endsWith('/') ? location : `${location}/`,
    Columns: columns.map((column) => ({ Name: column.name.toLowerCase(), Type: glueType(column.type) })),
    PartitionKeys: [],
    CreateTime: '',
    UpdateTime: '',
    Parameters: { table_type: 'ICEBERG' },
    snapshot: fault === undefined ? { fields: columns, files } : { fault },
  };
}

/** As Iceberg's Glue catalog names them. */
function glueType(type: string): string {
  const names: Readonly<Record<string, string>> = {
    long: 'bigint',
    time: 'string',
    uuid: 'string',
    timestamptz: 'timestamp',
  };
  return names[type] ?? (type.startsWith('fixed') ? 'binary' : type.replaceAll(' ', ''));
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
