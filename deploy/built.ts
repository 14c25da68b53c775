import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json, JsonObject } from '../asl/json/value.ts';
import { validate } from '../asl/validate/validate.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** What the compiler wrote of a DAG, as deploy needs it. */
export interface Built {
  readonly dag: string;
  readonly machine: JsonObject;
  readonly policy: JsonObject;
  readonly manifest: Manifest;
  /** Where the DAG makes what must not be left behind. */
  readonly cleanup?: { readonly machine: JsonObject; readonly policy: JsonObject };
}

/** The ids of the DAGs of dist/, or those that are named. */
export async function chooseDags(dist: string, named: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(dist, { withFileTypes: true }).catch(() => []);
  const known = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  for (const dag of named) if (!known.includes(dag)) throw new Stop(diagnose('CLI002', { dag, dist, known }));
  if (known.length === 0) throw new Stop(diagnose('DEP001', { dist }));
  return named.length > 0 ? [...new Set(named)] : known;
}

export async function readBuilt(dist: string, dag: string): Promise<Built> {
  const folder = join(dist, dag);
  const manifest = (await readJson(join(folder, 'manifest.json'))) as unknown as Manifest;
  if (manifest.manifestVersion !== 1) {
    const detail = `its manifestVersion is ${JSON.stringify(manifest.manifestVersion)}, and this dagwright reads 1`;
    throw new Stop(diagnose('CLI003', { file: join(folder, 'manifest.json'), detail }));
  }
  const files = await readdir(folder);
  const built = {
    dag: manifest.dag,
    machine: await readMachine(join(folder, 'step_function.json')),
    policy: await readJson(join(folder, 'policy.json')),
    manifest,
  };
  if (!files.includes('cleanup.json')) return built;
  return {
    ...built,
    cleanup: {
      machine: await readMachine(join(folder, 'cleanup.json')),
      policy: await readJson(join(folder, 'cleanup_policy.json')),
    },
  };
}

/** What our own validator refuses is not sent. */
async function readMachine(file: string): Promise<JsonObject> {
  const text = await readText(file);
  const errors = validate(text).filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Stop(errors.map(({ line, column, ...error }) => ({ ...error, place: { file, line, column } })));
  return JSON.parse(text) as JsonObject;
}

async function readJson(file: string): Promise<JsonObject> {
  const text = await readText(file);
  try {
    return JSON.parse(text) as { readonly [key: string]: Json };
  } catch (error) {
    throw new Stop(diagnose('RUN002', { file, detail: (error as Error).message }));
  }
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new Stop(diagnose('RUN002', { file, detail: error.message }));
  });
}
