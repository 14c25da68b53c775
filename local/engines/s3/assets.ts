import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asset } from '../../../compiler/6-files/manifest.ts';
import { type Diagnostic, diagnose, Stop } from '../../../diagnostics/index.ts';
import { writeAtomically } from '../../atomic.ts';

/** Lays the project's scripts where the machine looks for them, each under its hash, after checking that it is the compiled one. */
export async function layAssets(assets: readonly Asset[], project: string, bucket: string): Promise<void> {
  const faults: Diagnostic[] = [];
  for (const asset of assets) {
    const file = join(project, asset.path);
    const content = await readFile(file).catch(() => undefined);
    if (content === undefined) faults.push(diagnose('RUN004', { path: asset.path, what: 'is missing' }));
    else if (createHash('sha256').update(content).digest('hex') !== asset.sha256)
      faults.push(
        diagnose('RUN004', {
          path: asset.path,
          what: 'is not the file that was compiled: its content has changed since',
        }),
      );
    else await lay(join(bucket, asset.key), content);
  }
  if (faults.length > 0) throw new Stop(faults, 1);
}

/** The name carries the hash, so a file that is there is the right one. */
async function lay(file: string, content: Buffer): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) return;
  await writeAtomically(file, content);
}
