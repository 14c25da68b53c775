import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { writeJson } from '../../project/files.ts';

/**
 * A folder that is made once for what it is to hold, whoever asks for it at the same time, in other processes too. What was left by somebody
 * who was killed while making it is made anew.
 * @param folder where such folders are
 * @param words what it is to hold, which names it
 * @param make fills the folder, and answers what is noted of it when it is whole
 * @returns the folder
 */
export async function madeOnce(
  folder: string,
  words: readonly string[],
  make: (own: string) => Promise<object>,
): Promise<string> {
  const name = createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 16);
  const own = join(folder, name);
  const stamp = join(own, 'dagwright.json');
  await mkdir(folder, { recursive: true });
  const release = await lock(folder, {
    lockfilePath: `${own}.lock`,
    stale: 20_000,
    retries: { retries: 600, minTimeout: 250, factor: 1 },
  });
  try {
    if (existsSync(stamp)) return own;
    await rm(own, { recursive: true, force: true });
    await writeJson(stamp, await make(own));
    return own;
  } finally {
    await release();
  }
}
