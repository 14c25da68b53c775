import type { Json } from '../../../asl/json/value.ts';
import type { Duck } from '../../../engines/duckdb.ts';
import { text } from '../../../engines/duckdb.ts';
import { unreadable } from './read-object.ts';

/** The rows of a Parquet file, their values as JSON has them. */
export async function readParquet(duck: Duck, file: string): Promise<Json[]> {
  const connection = await duck.connect();
  try {
    const rows = await connection.runAndReadAll(rowsOf(file));
    return rows.getRows().map(([row]) => JSON.parse(String(row)) as Json);
  } catch (error) {
    throw unreadable(`The Parquet file cannot be read: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    connection.closeSync();
  }
}

/** The same rows a lot at a time. */
export async function* parquetLots(duck: Duck, file: string): AsyncGenerator<Json[]> {
  const connection = await duck.connect();
  try {
    const rows = await connection.stream(rowsOf(file));
    for await (const lot of rows.yieldRows()) yield lot.map(([row]) => JSON.parse(String(row)) as Json);
  } catch (error) {
    throw unreadable(`The Parquet file cannot be read: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    connection.closeSync();
  }
}

/** One column of JSON texts: DuckDB's own rules for what JSON lacks (dates, decimals, 64 bits) are those of its text. */
function rowsOf(file: string): string {
  return `SELECT to_json(r)::VARCHAR FROM read_parquet(${text(file)}) AS r`;
}
