import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { ManifestArchive, ManifestFunction } from '../manifest/manifest.ts';
import { packageJob } from './job.ts';
import { type FunctionPackage, packageFunction } from './package.ts';

/** Where the code of functions lies on this machine, from the project's folder. */
export const FOLDER = '.dagwright/functions';

/**
 * The package of a function of dist/, or of a job's code, made of its sources anew.
 * @throws Stop where the sources are not those that were compiled
 */
export function packageOf(spec: ManifestFunction | ManifestArchive, project: string): FunctionPackage {
  const made = 'key' in spec ? packageJob(spec, project) : packageFunction(spec, project);
  if (made.sha256 !== spec.sha256) throw new Stop(diagnose('RUN083', { task: spec.task, file: spec.source.file }), 1);
  return made;
}

/** Lays a package out in a folder of its own, once; answers its path. */
export async function layPackage({ sha256, files }: FunctionPackage, project: string): Promise<string> {
  const folder = join(project, FOLDER, sha256, 'code');
  if (existsSync(folder)) return folder;
  // Beside it, and then under its name: a process that is killed leaves nothing that looks whole.
  const draft = `${folder}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  for (const [path, content] of files) {
    await mkdir(dirname(join(draft, path)), { recursive: true });
    await writeFile(join(draft, path), content);
  }
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
