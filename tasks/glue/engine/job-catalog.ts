import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCall } from '../../../asl/interpret/options.ts';
import type { Account } from '../../../engines/engine.ts';
import type { AwsCall } from '../../../engines/iam/index.ts';
import { catalogOf, type Table } from './catalog.ts';
import type { JobRun } from './job-run.ts';

/** What the library in a job writes down: what it asked of the catalog, where it wrote, and the tables that it made. */
type Entry =
  | { readonly did: 'getTable'; readonly database: string; readonly table: string }
  | { readonly did: 'write'; readonly path: string }
  | {
      readonly did: 'putTable';
      readonly database: string;
      readonly table: string;
      readonly isNew: boolean;
      readonly made: Pick<Table, 'Location' | 'Columns' | 'PartitionKeys'>;
    };

/** The Data Catalog as a Spark job sees it: its tables in a file that it reads when it begins, and a file that it writes into. */
export class JobCatalog {
  readonly #account: Account;
  readonly #run: JobRun;
  readonly #call: TaskCall;
  readonly #journal: string;
  /** Settings by which the library finds both. */
  readonly options: readonly string[];

  private constructor(account: Account, run: JobRun, call: TaskCall, tables: string, journal: string) {
    this.#account = account;
    this.#run = run;
    this.#call = call;
    this.#journal = journal;
    this.options = [
      ...['--conf', `spark.dagwright.glue.tables=${tables}`],
      ...['--conf', `spark.dagwright.glue.journal=${journal}`],
    ];
  }

  static async open(account: Account, run: JobRun, call: TaskCall): Promise<JobCatalog> {
    // Beside the job's working folder, which Spark clears.
    const folder = join(account.run.folder, 'work', `${run.id}.glue`);
    await mkdir(folder, { recursive: true });
    const [tables, journal] = [join(folder, 'tables.json'), join(folder, 'journal.jsonl')];
    const { databases } = await catalogOf(account).read();
    await writeFile(tables, JSON.stringify(databases));
    await appendFile(journal, '');
    return new JobCatalog(account, run, call, tables, journal);
  }

  /** Where the library wrote, `s3://…`. */
  async wrote(): Promise<string[]> {
    return (await this.#entries()).flatMap((entry) => (entry.did === 'write' ? [entry.path] : []));
  }

  /**
   * Takes the tables into the catalog that the job made: they are there whether or not it then failed.
   * @returns why its role may not do what it did there
   */
  async close(): Promise<string | undefined> {
    for (const entry of await this.#entries()) {
      for (const asked of callsOf(entry)) {
        const as = { role: this.#run.role, session: 'GlueJobRunnerSession' };
        const denied = this.#account.access?.(this.#call, as, asked);
        if (denied !== undefined) return denied.text;
      }
      if (entry.did === 'putTable') await this.#put(entry);
    }
    return undefined;
  }

  async #put({ database: name, table, made }: Entry & { did: 'putTable' }): Promise<void> {
    const catalog = catalogOf(this.#account);
    const now = new Date(this.#account.clock.now()).toISOString();
    const database = (await catalog.read()).databases[name];
    if (database === undefined) return;
    const kept: Table = {
      ...made,
      Name: table,
      DatabaseName: name,
      Location: made.Location.endsWith('/') ? made.Location : `${made.Location}/`,
      CreateTime: database.tables[table]?.CreateTime ?? now,
      UpdateTime: now,
      Parameters: { classification: 'parquet', CreatedByJob: this.#run.jobName, CreatedByJobRun: this.#run.id },
    };
    await catalog.putDatabase({ ...database, tables: { ...database.tables, [table]: kept } });
  }

  async #entries(): Promise<Entry[]> {
    const text = await readFile(this.#journal, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Entry]));
  }
}

/** The calls of Glue that stand for what the library did. */
function callsOf(entry: Entry): AwsCall[] {
  if (entry.did === 'write') return [];
  const glue = (action: string, args: object): AwsCall => ({ service: 'glue', action, arguments: args });
  const names = { DatabaseName: entry.database, Name: entry.table };
  if (entry.did === 'getTable') return [glue('getTable', names)];
  const table = { DatabaseName: entry.database, TableInput: { Name: entry.table } };
  return [glue('getTable', names), glue(entry.isNew ? 'createTable' : 'updateTable', table)];
}
