import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the dagwright package: the sources in a checkout, the installed package elsewhere. The compiled JavaScript lies in
 * build/, files that are not TypeScript (the Python helpers) lie beside the sources.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const up = dirname(folder);
    if (up === folder) throw new Error('dagwright is not installed as a package: no package.json above its code');
    folder = up;
  }
  return folder;
}

/** What the path of a file begins with that is dagwright's own and not the project's. */
const OWN = 'dagwright:';

/**
 * A file that a machine needs elsewhere, absolute: one of the project, or one of the package, `dagwright:<its path there>`.
 * @example
 * assetFile('jobs/clean.py', '/home/me/project'); // '/home/me/project/jobs/clean.py'
 */
export function assetFile(path: string, project: string): string {
  return path.startsWith(OWN) ? join(packageRoot(), path.slice(OWN.length)) : join(project, path);
}
