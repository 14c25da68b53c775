import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateMachine } from '../asl/types.ts';
import type { Manifest } from '../compiler/6-files/manifest.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { nearest } from './nearest.ts';

/** What a run knows of a DAG: its two files in dist/, and the manifests beside it. */
export interface Compiled {
  readonly machine: StateMachine;
  readonly manifest: Manifest;
  /** All DAGs of dist/, this one among them: dagwright.yaml is theirs together. */
  readonly all: readonly Manifest[];
}

export async function readCompiled(dist: string, dag: string): Promise<Compiled> {
  const names = (await readdir(dist, { withFileTypes: true }).catch(() => []))
    .filter((e) => e.isDirectory())
    .map((e) => e.name);
  if (!names.includes(dag)) throw new Stop(diagnose('RUN001', { dag, dir: dist, near: nearest(dag, names) }), 1);
  const machine = await readJson<StateMachine>(join(dist, dag, 'step_function.json'));
  const manifest = await readJson<Manifest>(join(dist, dag, 'manifest.json'));
  if (manifest.manifestVersion !== 1)
    throw new Stop(
      diagnose('RUN003', { file: join(dist, dag, 'manifest.json'), version: String(manifest.manifestVersion) }),
      1,
    );
  const all: Manifest[] = [];
  for (const name of names.sort()) {
    const other =
      name === dag ? manifest : await readJson<Manifest>(join(dist, name, 'manifest.json')).catch(() => undefined);
    if (other !== undefined) all.push(other);
  }
  return { machine, manifest, all };
}

async function readJson<T>(file: string): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Stop(diagnose('RUN002', { file, detail: (error as Error).message }), 1);
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Stop(diagnose('RUN002', { file, detail: (error as Error).message }), 1);
  }
}
