/** What `s3.list` says of an object. */
interface Upload {
  readonly Key: string;
  readonly Size: number;
  readonly LastModified: string;
}

/** Nobody has uploaded anything for the day: the task is skipped. */
export class NothingUploaded extends Error {}

/** Of each store the file of the day that it uploaded last: `…/2026-01-31/bern.csv`, or `….2.csv` where it corrected its first one. */
export async function latestUploads({
  at,
  uploads,
}: {
  at: string;
  uploads: readonly Upload[];
}): Promise<{ day: string; files: string[] }> {
  const day = at.slice(0, 10);
  const latest = new Map<string, Upload>();
  for (const upload of uploads) {
    const [, of, store] = /\/([\d-]+)\/([a-z0-9-]+)(?:\.\d+)?\.csv$/.exec(upload.Key) ?? [];
    if (of !== day || store === undefined || upload.Size === 0) continue;
    const before = latest.get(store);
    if (before === undefined || before.LastModified <= upload.LastModified) latest.set(store, upload);
  }
  if (latest.size === 0) throw new NothingUploaded(`No store has uploaded a file for ${day}.`);
  return { day, files: [...latest.values()].map(({ Key }) => Key).sort() };
}
