import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { packageRoot } from '../../packaging/own-files.ts';

/** What pip is told to install, a requirement a line, and the file that a user would look into. */
export interface Requirements {
  readonly lines: readonly string[];
  readonly source: string;
}

/**
 * The project's `requirements.txt`, else that of the dagwright package, with pyspark at the version of the release of EMR or Glue, or
 * without pyspark where the machine runs no Spark; then the files named in `extra`.
 */
export async function requirements(
  project: string,
  spark: string | undefined,
  extra: readonly string[],
): Promise<Requirements> {
  const source = join(project, 'requirements.txt');
  const own = await read(source);
  const lines = parse(own ?? (await readFile(join(packageRoot(), 'requirements.txt'), 'utf8')));
  // The package's own Spark is one of several that releases carry.
  const pinned = parse(own ?? '')
    .map((line) => /^pyspark\s*==\s*([^\s;]+)/i.exec(line)?.[1])
    .find((version) => version !== undefined);
  if (spark !== undefined && pinned !== undefined && pinned !== spark)
    throw new Stop(diagnose('RUN023', { pinned, spark }, { place: { file: source, line: 1, column: 1 } }), 1);
  const rest = lines.filter((line) => !/^pyspark\b/i.test(line));
  const more: string[] = [];
  for (const file of extra) more.push(...parse(await readFile(join(project, file), 'utf8')));
  return { lines: [...(spark === undefined ? [] : [`pyspark==${spark}`]), ...rest, ...more], source };
}

function parse(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('-r'));
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
