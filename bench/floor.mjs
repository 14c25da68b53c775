// The floor of compile times: esbuild bundles a file (what it imports from packages stays there), and Node runs the bundle: node bench/floor.mjs FILE
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

mkdirSync('.dagwright', { recursive: true });
const folder = mkdtempSync('.dagwright/floor-');
const outfile = join(folder, 'dag.mjs');
await build({
  entryPoints: [process.argv[2]],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
await import(pathToFileURL(outfile).href);
rmSync(folder, { recursive: true });
