import type { DuckDBConnection } from '@duckdb/node-api';
import { CATALOG, identifier, text } from '../../../engines/duckdb.ts';
import type { Database, Table } from '../../glue/engine/catalog.ts';
import { type DataFile, tableFiles } from '../../glue/engine/table-files.ts';
import { selectSnapshot } from './snapshot.ts';

/**
 * Keeps a view for each table of the catalog over the table's Parquet files, as they are when a query asks for them: those of its folder,
 * or of the current snapshot of an Iceberg table.
 */
export class Views {
  readonly #folderOf: (uri: string) => string | undefined;
  /** What each view was made from; a view is made anew when that changes. */
  readonly #made = new Map<string, string>();
  #turn: Promise<void> = Promise.resolve();

  constructor(folderOf: (uri: string) => string | undefined) {
    this.#folderOf = folderOf;
  }

  /** Brings the views of all databases up to date; one caller at a time, for DuckDB refuses two changes of its catalog at once. */
  refresh(databases: Readonly<Record<string, Database>>, db: DuckDBConnection): Promise<void> {
    const turn = this.#turn.then(() => this.#refresh(databases, db));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #refresh(databases: Readonly<Record<string, Database>>, db: DuckDBConnection): Promise<void> {
    const wanted = new Map<string, string>();
    for (const database of Object.values(databases)) {
      wanted.set(schemaOf(database.Name), `CREATE SCHEMA ${schemaOf(database.Name)}`);
      for (const table of Object.values(database.tables)) {
        const sql = await this.#viewOf(table);
        if (sql !== undefined) wanted.set(`${schemaOf(database.Name)}.${identifier(table.Name)}`, sql);
      }
    }
    for (const name of this.#made.keys()) {
      if (wanted.has(name) || !name.includes('"."')) continue;
      await db.run(`DROP VIEW ${name}`);
      this.#made.delete(name);
    }
    for (const [name, sql] of wanted) {
      if (this.#made.get(name) === sql) continue;
      await db.run(sql);
      this.#made.set(name, sql);
    }
  }

  /** A table without files is empty, with its columns. */
  async #viewOf(table: Table): Promise<string | undefined> {
    if (table.snapshot !== undefined) {
      const sql = selectSnapshot(table.snapshot, (uri) => this.#folderOf(uri) ?? uri);
      return sql && `CREATE OR REPLACE VIEW ${schemaOf(table.DatabaseName)}.${identifier(table.Name)} AS ${sql}`;
    }
    const folder = this.#folderOf(table.Location);
    if (folder === undefined) return undefined;
    const files = (await tableFiles(folder)).filter((file) => file.path.endsWith('.parquet'));
    const name = `${schemaOf(table.DatabaseName)}.${identifier(table.Name)}`;
    const columns = [...table.Columns, ...table.PartitionKeys];
    if (files.length === 0) {
      const nulls = columns.map((column) => `NULL AS ${identifier(column.Name)}`);
      return `CREATE OR REPLACE VIEW ${name} AS SELECT ${nulls.join(', ')} WHERE false`;
    }
    return `CREATE OR REPLACE VIEW ${name} AS SELECT ${columns.map((column) => identifier(column.Name)).join(', ')} FROM ${source(table, files)}`;
  }
}

function source(table: Table, files: readonly DataFile[]): string {
  const list = `[${files.map((file) => text(file.path)).join(', ')}]`;
  if (table.PartitionKeys.length === 0) return `read_parquet(${list}, hive_partitioning = false, union_by_name = true)`;
  return `read_parquet(${list}, hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`;
}

function schemaOf(database: string): string {
  return `${identifier(CATALOG)}.${identifier(database)}`;
}
