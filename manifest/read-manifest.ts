import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from './manifest.ts';

/**
 * The manifest of a compiled DAG.
 * @throws Stop where there is none, or none that this version reads
 */
export function readManifest(dist: string, dag: string): Manifest {
  const known = dagsIn(dist);
  if (!known.includes(dag)) throw new Stop(diagnose('CLI002', { dag, dist, known }));
  const file = join(dist, dag, 'manifest.json');
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch (error) {
    throw new Stop(diagnose('CLI003', { file, detail: (error as Error).message }));
  }
  if (manifest.manifestVersion !== 1) {
    const detail = `its manifestVersion is ${JSON.stringify(manifest.manifestVersion)}, and this dagwright reads 1`;
    throw new Stop(diagnose('CLI003', { file, detail }));
  }
  return manifest;
}

function dagsIn(dist: string): string[] {
  try {
    const folders = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.map(({ name }) => name).sort();
  } catch {
    return [];
  }
}
