import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { csvLine } from '../../../engines/csv.ts';
import { writeJson } from '../../../project/files.ts';
import { formatValue } from './format-value.ts';

/** Results that this engine wrote, by their folder's URI: the file of each and the run that it is of. */
type Ledger = Record<string, { readonly file: string; readonly run: string }[]>;

/**
 * Writes results as Athena does, and keeps a ledger of them: Athena leaves every result where it was written, here the result of an
 * earlier run gives way to the new one, so that one answer stands in the folder. Files that others put there are left alone.
 */
export class Results {
  readonly #ledgerFile: string;
  readonly #run: string;
  #turn: Promise<void> = Promise.resolve();

  constructor(root: string, run: string) {
    this.#ledgerFile = join(root, 'athena/results.json');
    this.#run = run;
  }

  /** Runs a query and writes its result; the file appears under its name only when it is whole. Answers the number of rows. */
  async write(db: DuckDBConnection, sql: string, file: string): Promise<number> {
    await mkdir(dirname(file), { recursive: true });
    const draft = `${file}.tmp`;
    const out = createWriteStream(draft);
    const done = finished(out);
    try {
      const rows = await writeRows(db, sql, async (line) => {
        if (!out.write(line)) await new Promise<void>((resolve) => out.once('drain', resolve));
      });
      out.end();
      await done;
      await rename(draft, file);
      return rows;
    } catch (error) {
      out.destroy();
      await done.catch(() => {});
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** Notes a result and removes those of earlier runs from its folder. */
  replace(location: string, file: string): Promise<void> {
    const turn = this.#turn.then(async () => {
      const ledger = await this.#read();
      const before = ledger[location] ?? [];
      for (const old of before) if (old.run !== this.#run) await rm(old.file, { force: true });
      ledger[location] = [...before.filter((old) => old.run === this.#run), { file, run: this.#run }];
      await writeJson(this.#ledgerFile, ledger);
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #read(): Promise<Ledger> {
    try {
      return JSON.parse(await readFile(this.#ledgerFile, 'utf8')) as Ledger;
    } catch {
      return {};
    }
  }
}

async function writeRows(db: DuckDBConnection, sql: string, write: (line: string) => Promise<void>): Promise<number> {
  const result = await db.stream(sql);
  const types = result.columnTypes();
  await write(csvLine(result.columnNames()));
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const lines = chunk.getRows().map((row) => csvLine(row.map((value, i) => formatValue(value, types[i]!))));
    await write(lines.join(''));
    rows += lines.length;
  }
  return rows;
}
