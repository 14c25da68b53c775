// Bundles a script that is written in TypeScript, which Node 20 cannot run, and runs it: node scripts/run.mjs FILE [argument…]
import { spawnSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const [file, ...args] = process.argv.slice(2);
// As deep below the root as the script itself is.
const folder = dirname(file) === 'scripts' ? 'build' : join('build', dirname(file));
const outfile = join(root, folder, `${basename(file, '.ts')}.mjs`);
await build({
  entryPoints: [join(root, file)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
// Ctrl-C is for the script, which may have something to do before it ends; this waits for it.
process.on('SIGINT', () => {});
const { status } = spawnSync(process.execPath, ['--enable-source-maps', outfile, ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
