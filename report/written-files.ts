import { stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { filesBelow } from '../engines/s3/lake.ts';

/** Files that a run wrote: single ones by name, a folder of a table's parts as the folder and how many. */
export interface Written {
  /** Relative to the working folder. */
  readonly path: string;
  readonly files: number;
}

/** What the run wrote below the buckets' folders: the files that are new or changed since it began. */
export async function writtenFiles(buckets: readonly string[], since: number, cwd: string): Promise<Written[]> {
  const folders = new Map<string, string[]>();
  for (const bucket of buckets) {
    for await (const file of filesBelow(bucket)) {
      const name = file.slice(dirname(file).length + 1);
      if (name.startsWith('.') || name.startsWith('_')) continue;
      if ((await stat(file)).mtimeMs < since) continue;
      folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), name]);
    }
  }
  const written = [...folders].flatMap(([folder, names]): Written[] => {
    const parts = names.some((name) => name.startsWith('part-'));
    if (parts) return [{ path: `${relative(cwd, folder)}/`, files: names.length }];
    return names.map((name) => ({ path: relative(cwd, join(folder, name)), files: 1 }));
  });
  return written.sort((a, b) => (a.path < b.path ? -1 : 1));
}
