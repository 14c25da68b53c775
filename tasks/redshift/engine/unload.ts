import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, text } from '../../../engines/duckdb.ts';
import { type Lake, parseS3Uri } from '../../../engines/lake/lake.ts';
import { StatementError } from './statement-error.ts';
import type { BulkOptions, Translated } from './translator.ts';

type Unload = Extract<Translated, { kind: 'unload' }>;

/**
 * UNLOAD: the answer of a query as one file, or as one in each folder of a partition, whose names begin as Redshift's do.
 * @returns how many rows it wrote
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html
 */
export async function unload(db: DuckDBConnection, lake: Lake, { sql, to, options }: Unload): Promise<number> {
  const prefix = await destination(lake, to, options);
  const parts = options.PARTITION as readonly string[] | undefined;
  if (parts !== undefined) {
    if (!to.endsWith('/')) throw new StatementError(`PARTITION BY needs a folder: write '${to}/'`);
    await mkdir(prefix, { recursive: true });
    const how = [
      `PARTITION_BY (${parts.map(identifier).join(', ')})`,
      `WRITE_PARTITION_COLUMNS ${options.INCLUDE === true}`,
      "FILENAME_PATTERN '0000_part_{i}'",
      'OVERWRITE_OR_IGNORE true',
    ];
    return written(db, sql, prefix, [...format(options), ...how]);
  }
  const file = `${prefix}${options.PARALLEL === 'OFF' || options.PARALLEL === 'FALSE' ? '000' : '0000_part_00'}${extension(options)}`;
  await mkdir(dirname(file), { recursive: true });
  // It appears under its name when it is whole.
  const draft = `${file}.tmp`;
  try {
    const rows = await written(db, sql, draft, format(options));
    await rename(draft, file);
    return rows;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Where it goes on this machine, emptied where that is asked for. */
async function destination(lake: Lake, to: string, options: BulkOptions): Promise<string> {
  const [place, path] = [parseS3Uri(to), lake.path(to)];
  if (place === undefined || path === undefined) throw new StatementError(`${to} is no address in S3`);
  const mount = lake.readOnly().find((one) => to.startsWith(one));
  if (mount !== undefined) throw new StatementError(`Nothing is written to ${mount}, which is mounted read only`);
  for await (const { file } of lake.objects(place.bucket, place.key)) {
    if (options.CLEANPATH === true) await rm(file);
    else if (options.ALLOWOVERWRITE !== true)
      throw new StatementError(
        'Specified unload destination on S3 is not empty. Consider using a different bucket / prefix, manually removing the target files in S3, or using the ALLOWOVERWRITE option.',
      );
  }
  // `path` leaves the slash at the end out, which a prefix may have.
  return to.endsWith('/') && !path.endsWith('/') ? `${path}/` : path;
}

async function written(db: DuckDBConnection, sql: string, file: string, how: readonly string[]): Promise<number> {
  const copied = await db.runAndReadAll(`COPY (${sql}) TO ${text(file)} (${how.join(', ')})`);
  return Number(copied.getRows()[0]![0]);
}

function format(options: BulkOptions): string[] {
  const packed = options.GZIP === true ? 'gzip' : 'zstd';
  const compression = options.GZIP === true || options.ZSTD === true ? [`COMPRESSION ${packed}`] : [];
  if (options.FORMAT === 'PARQUET') return ['FORMAT parquet', 'COMPRESSION snappy'];
  if (options.FORMAT === 'JSON') return ['FORMAT json', ...compression];
  const isCsv = options.FORMAT === 'CSV';
  const quote = isCsv || options.ADDQUOTES === true ? '"' : '';
  return [
    'FORMAT csv',
    `DELIMITER ${text(String(options.DELIMITER ?? (isCsv ? ',' : '|')))}`,
    `HEADER ${options.HEADER === true}`,
    `QUOTE ${text(quote)}`,
    `ESCAPE ${text(quote)}`,
    ...(options.ADDQUOTES === true ? ['FORCE_QUOTE *'] : []),
    `NULLSTR ${text(String(options.NULL ?? (isCsv ? '' : '\\N')))}`,
    ...compression,
  ];
}

function extension(options: BulkOptions): string {
  if (options.FORMAT === 'PARQUET') return '.parquet';
  const own = options.EXTENSION === undefined ? '' : `.${options.EXTENSION}`;
  if (options.GZIP === true) return `${own}.gz`;
  return options.ZSTD === true ? `${own}.zst` : own;
}
