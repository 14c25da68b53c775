import { access } from 'node:fs/promises';
import type { Touched } from '../iam/watched-python.ts';
import { type Lake, parseS3Uri } from '../lake/lake.ts';
import type { Dataset, Facets } from './event.ts';

/**
 * What lies at a place in S3, by its name of OpenLineage.
 * @example s3Dataset('s3://lake/gold/tables/ratings/') // { namespace: 's3://lake', name: 'gold/tables/ratings' }
 */
export function s3Dataset(uri: string, facets?: Facets): Dataset | undefined {
  const place = parseS3Uri(uri);
  if (place === undefined) return undefined;
  const name = place.key.replace(/\/+$/, '');
  return { namespace: `s3://${place.bucket}`, name: name === '' ? '/' : name, ...(facets && { facets }) };
}

/** Names that Spark, Hadoop and Athena give to files of their own accord; the data's name is that of the folder. */
const OF_FOLDER = /^(?:part-.*|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.csv)$/;

/**
 * The data that a file belongs to: a part of a table, or the result of a query, to that of its folder, above folders of partitions;
 * any other file is data by itself. Undefined of what jobs write beside their data, as `_SUCCESS`.
 * @example datasetOfFile('s3://lake/gold/t/year=2001/part-0.parquet') // { namespace: 's3://lake', name: 'gold/t' }
 */
export function datasetOfFile(uri: string): Dataset | undefined {
  const parts = uri.split('/');
  const name = parts.pop()!;
  if (name.startsWith('_') || name.startsWith('.')) return undefined;
  if (!OF_FOLDER.test(name)) return s3Dataset(uri);
  while (/^[^=]+=/.test(parts.at(-1) ?? '')) parts.pop();
  return s3Dataset(parts.join('/'));
}

/** What a script read and wrote, by the files that it touched: what it wrote itself is no input, and what is gone again no output. */
export async function datasetsTouched(
  touched: readonly Touched[],
  lake: Lake,
): Promise<{ inputs: Dataset[]; outputs: Dataset[] }> {
  const uris = (did: Touched['did']) =>
    touched.flatMap((one) => (one.did === did ? [`s3://${one.bucket}/${one.key}`] : []));
  const wrote = new Set(uris('write'));
  const isThere = (uri: string) =>
    access(lake.path(uri) ?? '').then(
      () => true,
      () => false,
    );
  const kept: string[] = [];
  for (const uri of wrote) if (await isThere(uri)) kept.push(uri);
  return {
    inputs: uris('read').flatMap((uri) => (wrote.has(uri) ? [] : (datasetOfFile(uri) ?? []))),
    outputs: kept.flatMap((uri) => datasetOfFile(uri) ?? []),
  };
}
