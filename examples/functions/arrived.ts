import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client();

/** On a day without files there is nothing to do: the task is skipped. */
export class NothingArrived extends Error {}

/** The files of a run's day, by key. */
export async function arrived({ lake, at }: { lake: string; at: string }): Promise<{ day: string; files: string[] }> {
  const day = at.slice(0, 10);
  const Prefix = `inbox/${day}/`;
  const files: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: lake, Prefix }))
    for (const { Key } of page.Contents ?? []) if (Key?.endsWith('.csv')) files.push(Key);
  if (files.length === 0) throw new NothingArrived(`There is no file below s3://${lake}/${Prefix}.`);
  return { day, files };
}
