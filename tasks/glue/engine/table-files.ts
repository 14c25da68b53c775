import { relative, sep } from 'node:path';
import { filesBelow } from '../../../engines/lake/lake.ts';

export interface DataFile {
  readonly path: string;
  /** `[['year', '2001']]` for `year=2001/…`, outermost first. */
  readonly partition: readonly (readonly [key: string, value: string])[];
}

/** The files of a table's folder that hold data: what begins with `_` or `.`, folder or file, is a job's own and no data. */
export async function tableFiles(folder: string): Promise<DataFile[]> {
  const files: DataFile[] = [];
  for await (const path of filesBelow(folder)) {
    const parts = relative(folder, path).split(sep);
    if (parts.some((part) => part.startsWith('_') || part.startsWith('.'))) continue;
    const partition = parts.slice(0, -1).flatMap((part) => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(part) ?? [];
      return key === undefined ? [] : [[key.toLowerCase(), decode(value!)] as const];
    });
    files.push({ path, partition });
  }
  return files;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
