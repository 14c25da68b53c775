import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { needPackages } from '../project/packages.ts';

/** The database's own name: what Athena calls the catalog. */
export const CATALOG = 'awsdatacatalog';

/**
 * One DuckDB in this process for all queries of a run and for the crawler: loaded when first asked for, within a part of the machine's
 * memory, spilling into the run's folder, and never fetching an extension.
 */
export class Duck {
  readonly #scratch: string;
  readonly #readable: () => Promise<readonly string[]>;
  #instance: Promise<DuckDBInstance> | undefined;

  /** @param readable the folders below which queries read files; others they do not, whatever they say. */
  constructor(runFolder: string, readable: () => Promise<readonly string[]>) {
    this.#scratch = join(runFolder, 'work/duckdb');
    this.#readable = readable;
  }

  async connect(): Promise<DuckDBConnection> {
    this.#instance ??= this.#open();
    const connection = await (await this.#instance).connect();
    // A setting of each connection: Athena divides integers to an integer.
    await connection.run('SET integer_division = true');
    return connection;
  }

  async #open(): Promise<DuckDBInstance> {
    return openDuckDB(':memory:', {
      scratch: this.#scratch,
      readable: await this.#readable(),
      prepare: async (connection) => {
        await connection.run(`ATTACH ':memory:' AS ${CATALOG}`);
      },
    });
  }

  async close(): Promise<void> {
    (await this.#instance)?.closeSync();
  }
}

/** How a database of this machine is opened. */
export interface DuckDBPlace {
  /** Where it puts what its memory does not hold. */
  readonly scratch: string;
  /** The folders whose files its statements may read and write: no others, whatever they say. */
  readonly readable: readonly string[];
  /** What is done before that is so. */
  readonly prepare?: (connection: DuckDBConnection) => Promise<void>;
}

/** Opens a database, in memory or in a file, within a part of the machine's memory and without any extension that is not there. */
export async function openDuckDB(file: string, { scratch, readable, prepare }: DuckDBPlace): Promise<DuckDBInstance> {
  needPackages(['@duckdb/node-api'], 'a query on this machine');
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const megabytes = Math.max(512, Math.floor(totalmem() / 4 / 2 ** 20));
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${megabytes}MiB`,
    temp_directory: scratch,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await prepare?.(connection);
  // Times without a zone are read as they stand, wherever the machine is.
  await connection.run(`SET GLOBAL TimeZone = ${text('UTC')}`).catch(() => {});
  const folders = readable.map((folder) => text(`${folder}/`));
  await connection.run(`SET GLOBAL allowed_directories = [${folders.join(', ')}]`);
  await connection.run('SET GLOBAL enable_external_access = false');
  connection.closeSync();
  return instance;
}

/** Does work with a connection; once the signal is aborted, what DuckDB is at is interrupted, until the work has ended. */
export async function interruptible<T>(db: DuckDBConnection, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  // An interrupt ends only what DuckDB is at: it is said again and again.
  const again = setInterval(() => signal.aborted && db.interrupt(), 50);
  try {
    return await work();
  } finally {
    clearInterval(again);
  }
}

/** A text as a SQL literal. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name as a quoted SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
