import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../../asl/json/value.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { readJson } from '../../project/files.ts';

/** The manifests of a project's dist/; none where there is no such folder, and none of a DAG whose manifest cannot be read. */
export async function manifestsIn(project: string): Promise<Manifest[]> {
  const dist = join(project, 'dist');
  const folders = await readdir(dist).catch(() => [] as string[]);
  const read = await Promise.all(
    folders.map((dag) => readJson(join(dist, dag, 'manifest.json')).catch(() => undefined)),
  );
  return read.filter((one) => isObject(one) && one.manifestVersion === 1) as unknown as Manifest[];
}

/** The DAG that a machine is, by its name: the DAG's id, with a prefix or without. Of several the one with the longest id. */
export function dagOf(machine: string, manifests: readonly Manifest[]): Manifest | undefined {
  return manifests.filter(({ dag }) => machine.endsWith(dag)).sort((a, b) => b.dag.length - a.dag.length)[0];
}
