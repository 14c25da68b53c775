import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../asl/json/parse.ts';
import type { StateMachine } from '../asl/language/types.ts';
import { validate } from '../asl/validate/validate.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** What a run knows of a DAG: its two files in dist/, and the manifests beside it. */
export interface Compiled {
  readonly machine: StateMachine;
  readonly manifest: Manifest;
  /** What ends the jobs of its runs, where it starts any. */
  readonly cleanup: StateMachine | undefined;
  /** All DAGs of dist/, this one among them: dagwright.yaml is theirs together. */
  readonly all: readonly Manifest[];
}

/** What the cleanup machine is called where nothing is deployed. */
export function cleanupName({ dag }: Manifest): string {
  return `${dag}-cleanup`;
}

export async function readCompiled(dist: string, dag: string): Promise<Compiled> {
  const names = (await readdir(dist, { withFileTypes: true }).catch(() => []))
    .filter((e) => e.isDirectory())
    .map((e) => e.name);
  if (!names.includes(dag)) throw new Stop(diagnose('RUN001', { dag, dir: dist, near: nearest(dag, names) }), 1);
  const machine = await readMachine(join(dist, dag, 'step_function.json'));
  const manifest = await readJson<Manifest>(join(dist, dag, 'manifest.json'));
  if (manifest.manifestVersion !== 1)
    throw new Stop(
      diagnose('RUN003', { file: join(dist, dag, 'manifest.json'), version: String(manifest.manifestVersion) }),
      1,
    );
  const hasCleanup = (await readdir(join(dist, dag))).includes('cleanup.json');
  const cleanup = hasCleanup ? await readMachine(join(dist, dag, 'cleanup.json')) : undefined;
  const all: Manifest[] = [];
  for (const name of names.sort()) {
    const other =
      name === dag ? manifest : await readJson<Manifest>(join(dist, name, 'manifest.json')).catch(() => undefined);
    if (other !== undefined) all.push(other);
  }
  return { machine, manifest, cleanup, all };
}

/** What the validator refuses would only fail in the middle of the run. */
async function readMachine(file: string): Promise<StateMachine> {
  const text = await readText(file);
  const errors = validate(text).filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Stop(
      errors.map(({ line, column, ...error }) => ({ ...error, place: { file, line, column } })),
      1,
    );
  return JSON.parse(text) as StateMachine;
}

async function readJson<T>(file: string): Promise<T> {
  const text = await readText(file);
  try {
    return parseJson(text) as T;
  } catch (error) {
    throw new Stop(diagnose('RUN002', { file, detail: (error as Error).message }), 1);
  }
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new Stop(diagnose('RUN002', { file, detail: error.message }), 1);
  });
}
