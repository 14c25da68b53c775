import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { ManifestArchive, ManifestFunction } from '../manifest/manifest.ts';
import { FOLDER } from './local.ts';
import type { FunctionPackage } from './package.ts';

/** What Lambda takes: the archive's contents, in bytes. What a job fetches may be larger. */
const MOST_BYTES = 250 * 1024 * 1024;

/** The module of a bundle. */
const SINGLE = 'index.mjs';

/** Installs packages for a platform into a folder. */
export type InstallWheels = (
  needed: readonly string[],
  platform: { readonly runtime: string; readonly architecture: 'x86_64' | 'arm64' },
  folder: string,
) => Promise<void>;

/**
 * The archive of a function, or of a job's code, made once for what it is: its package, and of Python the wheels of its requirements for the platform that it runs
 * on. The same files make the same archive, to the byte.
 * @returns the file
 * @param made the package of its code
 * @throws Stop where it is larger than Lambda takes
 */
export async function functionArchive(
  spec: ManifestFunction | ManifestArchive,
  made: Pick<FunctionPackage, 'files' | 'sha256'>,
  project: string,
  install: InstallWheels,
): Promise<string> {
  const folder = join(project, FOLDER, made.sha256);
  // A job in TypeScript is one module, which is fetched as it is.
  const single = 'key' in spec && spec.source.kind === 'typescript' ? made.files.get(SINGLE) : undefined;
  const archive = join(folder, single === undefined ? 'archive.zip' : SINGLE);
  if (existsSync(archive)) return archive;
  const all = new Map(made.files);
  if (spec.source.kind === 'python' && spec.source.requirements.length > 0) {
    const wheels = join(folder, `wheels.${process.pid}`);
    await rm(wheels, { recursive: true, force: true });
    await install(spec.source.requirements, { runtime: spec.runtime, architecture: spec.architecture! }, wheels);
    for (const path of await filesIn(wheels)) {
      const name = relative(wheels, path).split(sep).join('/');
      // A module of the project comes before a package of the same name, as it does where it runs.
      if (!all.has(name)) all.set(name, await readFile(path));
    }
    await rm(wheels, { recursive: true, force: true });
  }
  const size = [...all.values()].reduce((sum, content) => sum + content.byteLength, 0);
  if (size > MOST_BYTES && !('key' in spec))
    throw new Stop(diagnose('DEP037', { task: spec.task, megabytes: Math.ceil(size / 1024 / 1024), most: 250 }));
  await mkdir(folder, { recursive: true });
  const draft = `${archive}.${process.pid}`;
  await writeFile(draft, single ?? zipped(all));
  await rename(draft, archive);
  return archive;
}

/** A zip in which nothing depends on when and where it was made. */
function zipped(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const READABLE = 0o100644;
  const entries = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, content]): [string, Zippable[string]] => [
      name,
      // The first day that a zip can name; rights of a Unix file, which Lambda reads it with.
      [content, { mtime: new Date(1980, 0, 1), os: 3, attrs: READABLE << 16 }],
    ]);
  return zipSync(Object.fromEntries(entries), { level: 9 });
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // What an import makes, and what only pip reads.
  return files.filter((path) => !/\/(?:__pycache__|bin)\/|\.pyc$/.test(path)).sort();
}
