import type { Manifest } from '../../manifest/manifest.ts';
import { barrierLine } from './barrier-lines.ts';
import type { FileSet } from './make-files.ts';
import { pictureOf } from './picture.ts';

/** The barriers of a compiled DAG, a line each: waiting that the plan added is never added silently. */
export function barrierReport(files: FileSet): string[] {
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
  return pictureOf(manifest).barriers.map((barrier) => `barrier: ${barrierLine(barrier).replaceAll('`', '')}`);
}
