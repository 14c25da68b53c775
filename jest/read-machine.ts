import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../asl/json/parse.ts';
import type { StateMachine } from '../asl/language/types.ts';
import type { Dag } from '../authoring/index.ts';
import { MODEL } from '../authoring/internal.ts';
import type { Compiled } from '../compiler/index.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { asked } from './matchers/matcher.ts';

/**
 * What can be simulated: a DAG as a test imports it, what `compileDag` made of one, a document in the Amazon States Language, or the
 * path of a document or of a DAG's folder in dist/.
 */
export type AnyMachine =
  | Pick<Dag, 'id' | 'task' | 'logicalDate'>
  | Compiled
  | StateMachine
  | { readonly StartAt: string; readonly States: object; readonly [field: string]: unknown }
  | string;

export interface ReadMachine {
  readonly definition: unknown;
  /** Where it was compiled from a DAG. */
  readonly manifest: Manifest | undefined;
}

/** @throws Stop where it cannot be read, or with what is wrong in the DAG */
export async function readMachine(machine: AnyMachine): Promise<ReadMachine> {
  if (typeof machine === 'string') return readPath(machine);
  if (typeof machine === 'object' && machine !== null) {
    // An object that throws when it is read is told so as a machine.
    if (asked(() => MODEL in machine)) {
      // Only here: a state machine by itself needs no compiler.
      const { compileDag } = await import('../compiler/index.ts');
      return fromFiles(compileDag(machine as Dag));
    }
    if (asked(() => 'files' in machine && machine.files instanceof Map)) return fromFiles(machine as Compiled);
  }
  return { definition: machine, manifest: undefined };
}

function fromFiles({ files }: Compiled): ReadMachine {
  const parsed = (name: string) => JSON.parse(files.get(name) as string);
  return { definition: parsed('step_function.json'), manifest: parsed('manifest.json') };
}

async function readPath(path: string): Promise<ReadMachine> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return { definition: await readJson(path), manifest: undefined };
  const definition = await readJson(join(path, 'step_function.json'));
  return { definition, manifest: (await readJson(join(path, 'manifest.json'))) as Manifest };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const detail = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new Stop(diagnose('CLI001', { file, detail }));
  });
  try {
    return parseJson(text);
  } catch (error) {
    throw new Stop(diagnose('SIM001', { file, detail: (error as Error).message }));
  }
}
