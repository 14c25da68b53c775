import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { packageRoot } from '../packaging/own-files.ts';

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
