import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnose, Stop } from '../diagnostics/index.ts';

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

/**
 * Large packages that some commands need and most projects do not: npm installs none of them beside dagwright (`peerDependencies`). A
 * command asks for its packages before it begins, so that none ends halfway for want of one.
 * @param what what needs them, as the user calls it
 * @throws Stop with CLI006, which names those that are missing and how they are installed
 * @example
 * needPackages(['lmdb'], '`dagwright serve`');
 */
export function needPackages(names: readonly string[], what: string): void {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const versions = versionsOf();
  const packages = missing.map((name) => `${name}@${versions[name]?.replace('^', '') ?? 'latest'}`);
  throw new Stop([diagnose('CLI006', { what, packages })], 1);
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch (error) {
    // A package without an entry for `require` is there.
    return (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND';
  }
}

/** The versions that this release was tested with. */
function versionsOf(): { readonly [name: string]: string } {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { peerDependencies: { readonly [name: string]: string } }).peerDependencies;
}
