import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import { assetFile } from '../../packaging/own-files.ts';
import { writeAtomically } from '../../project/files.ts';

/** The bucket that stands for `${assets}` on this machine. */
export const ASSETS_BUCKET = 'dagwright-assets';

/** A file of the project that the machine names as `${assets}/<key>`. */
export interface Asset {
  /** Relative to the project's root. */
  readonly path: string;
  /** Of the content when it was compiled, hex. */
  readonly sha256: string;
  readonly key: string;
}

/** An asset with its content, checked. */
export interface AssetContent {
  readonly key: string;
  readonly content: Buffer;
}

/** Reads the project's scripts, after checking that each is the one that was compiled. */
export async function readAssets(assets: readonly Asset[], project: string): Promise<AssetContent[]> {
  const faults: Diagnostic[] = [];
  const contents: AssetContent[] = [];
  for (const { path, key, sha256 } of assets) {
    const content = await readFile(assetFile(path, project)).catch(() => undefined);
    if (content === undefined) faults.push(diagnose('RUN004', { path, what: 'is missing' }));
    else if (createHash('sha256').update(content).digest('hex') !== sha256)
      faults.push(
        diagnose('RUN004', { path, what: 'is not the file that was compiled: its content has changed since' }),
      );
    else contents.push({ key, content });
  }
  if (faults.length > 0) throw new Stop(faults, 1);
  return contents;
}

/** Lays them where the machine looks for them. Their names carry their hashes, so a file that is there is the right one. */
export async function layAssets(assets: readonly AssetContent[], bucket: string): Promise<void> {
  for (const { key, content } of assets) {
    const file = join(bucket, key);
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (!there) await writeAtomically(file, content);
  }
}
