import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { openDuckDB } from '../../../engines/duckdb.ts';
import type { Account } from '../../../engines/engine.ts';
import { StatementError } from './statement-error.ts';

/** The schema that Redshift looks in where a statement names none. */
const PUBLIC = 'public';

/**
 * The databases of this machine's workgroups and clusters: a file of DuckDB each, `.dagwright/local/redshift/<workgroup>/<database>.duckdb`,
 * which is there when it is first named, and stays. It is open only while statements run: another process may use it in between.
 */
export class Warehouses {
  readonly #account: Account;
  readonly #open = new Map<string, { readonly instance: Promise<DuckDBInstance>; users: number }>();

  constructor(account: Account) {
    this.#account = account;
  }

  file(place: string, database: string): string {
    return join(this.#account.root, 'redshift', safe(place), `${safe(database)}.duckdb`);
  }

  /** Does work with a connection of its own, as a session of Redshift. */
  async during<T>(file: string, work: (db: DuckDBConnection) => Promise<T>): Promise<T> {
    const opened = this.#open.get(file) ?? { instance: this.#create(file), users: 0 };
    this.#open.set(file, opened);
    opened.users++;
    try {
      const db = await (await opened.instance).connect();
      try {
        await db.run(`SET schema = '${PUBLIC}'`);
        // Redshift divides integers to an integer.
        await db.run('SET integer_division = true');
        return await work(db);
      } finally {
        db.closeSync();
      }
    } finally {
      opened.users--;
      if (opened.users === 0) {
        this.#open.delete(file);
        await opened.instance.then(
          (instance) => instance.closeSync(),
          () => {},
        );
      }
    }
  }

  async #create(file: string): Promise<DuckDBInstance> {
    const { run, lake } = this.#account;
    await mkdir(dirname(file), { recursive: true });
    try {
      return await openDuckDB(file, {
        scratch: join(run.folder, 'work/redshift'),
        readable: await lake.folders(),
        prepare: async (connection) => {
          await connection.run(`CREATE SCHEMA IF NOT EXISTS ${PUBLIC}`);
        },
      });
    } catch (error) {
      if (!/lock/i.test((error as Error).message)) throw error;
      throw new StatementError(`The database ${file} is in use by another process: try again when that has ended.`);
    }
  }
}

/** A name as one of a file. */
function safe(name: string): string {
  return encodeURIComponent(name.toLowerCase()).replaceAll('.', '%2E');
}
