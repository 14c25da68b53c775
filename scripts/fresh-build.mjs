// Builds the package where build/ is missing or older than what it is made of, as tests run its commands and read its types: node scripts/fresh-build.mjs
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** When the last of files and folders changed, in milliseconds. A folder changes when a file is added, removed or renamed. */
function changedAt(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== '__pycache__');
  return Math.max(stats.mtimeMs, ...inside.map((name) => changedAt(join(path, name))));
}

const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8'));
const sources = [...include, 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
// The build writes the types last.
const built = statSync(join(root, 'build/authoring/index.d.ts'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isOld = [...sources, 'scripts/bundle.mjs'].some((name) => changedAt(join(root, name)) > built);
if (isOld) {
  process.stderr.write('Building, as build/ is older than the sources …\n');
  execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs')], { stdio: 'inherit' });
}
