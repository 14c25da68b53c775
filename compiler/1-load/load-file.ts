import { relative } from 'node:path';
import {
  type CreatedDag,
  type CreatedTemplate,
  type DagModel,
  describeTarget,
  insteadOfMember,
  MODEL,
  newEvaluation,
  shown,
  withLoading,
} from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, isError, type Place, Stop } from '../../diagnostics/index.ts';
import type { Bundle } from './bundle.ts';
import { evaluate, Misbehaved } from './evaluate.ts';

export interface LoadedDag {
  readonly model: DagModel;
  /** Absolute. */
  readonly file: string;
  /** References that the file turned into text, by token: those that reach no task are warned of. */
  readonly written: ReadonlyMap<string, string>;
  /** The errors in the file itself: nobody knows which of its DAGs has the template that is at fault. */
  readonly errors: readonly Diagnostic[];
  /** The templates that the file made: those that no task has are warned of. */
  readonly made: readonly CreatedTemplate[];
  /** From a place in what was run to the place in the file that the user wrote. */
  readonly placeOf: (place: Place) => Place | undefined;
}

/** A DAG file that was run. */
export interface LoadedFile {
  readonly dags: readonly LoadedDag[];
  /** The files that it is made of, by absolute path. */
  readonly parts: readonly string[];
  /** The folders that were read for it while it ran, by absolute path. */
  readonly folders: ReadonlySet<string>;
  /** Whether it has a way to read other files, which nobody knows. */
  readonly readsByItself: boolean;
  /** The DAGs that it makes and does not export. */
  readonly forgotten: readonly CreatedDag[];
  /** What its default export is, where it is no DAG. */
  readonly exported: string | undefined;
}

/**
 * Runs a bundled DAG file, and takes what it declared.
 * @param root the project's root: paths in DAG files are relative to it
 * @throws Stop where it does not run to its end
 */
export async function loadFile(bundle: Bundle, root: string, timeoutMs: number): Promise<LoadedFile> {
  const { file, parts, externals, original: placeOf } = bundle;
  const faults: Diagnostic[] = [];
  const evaluation = newEvaluation(new Map([...bundle.sources].map(([path, { parsed }]) => [path, parsed])));
  const { exported, other, models } = await withLoading({ root, placeOf, faults, evaluation }, async () => {
    const { dags, other } = await dagsIn(bundle, timeoutMs).catch(addFaults(faults));
    return { exported: dags, other, models: dags.map((dag) => dag[MODEL]()) };
  });
  const { folders, templates: made } = evaluation;
  const written = new Map([...evaluation.written].map(([token, target]) => [token, describeTarget(target)]));
  const errors = faults.filter(isError);
  return {
    dags: withFaults(models, faults).map((model) => ({
      model: documented(model, bundle),
      file,
      errors,
      written,
      made,
      placeOf,
    })),
    parts,
    folders,
    readsByItself: externals.some(isNodes) || parts.some((path) => path.includes('/node_modules/')),
    exported: other,
    forgotten: evaluation.dags.filter(
      ({ dag, place }) => place.file === file && !exported.includes(dag as ExportedDag),
    ),
  };
}

function isNodes(external: string): boolean {
  return !external.startsWith('file:');
}

/** The faults that were collected while the file ran are reported also where an error ended it. */
function addFaults(kept: readonly Diagnostic[]): (error: unknown) => never {
  return (error) => {
    throw error instanceof Stop ? new Stop([...kept, ...error.diagnostics]) : error;
  };
}

/** Faults that were collected belong to the file; they are reported with the first of its DAGs. */
function withFaults([first, ...rest]: readonly DagModel[], kept: readonly Diagnostic[]): DagModel[] {
  return first ? [{ ...first, faults: [...first.faults, ...kept] }, ...rest] : [];
}

async function dagsIn(bundle: Bundle, timeoutMs: number): Promise<{ dags: ExportedDag[]; other: string | undefined }> {
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = await evaluate(bundle, timeoutMs);
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(ended(error, bundle));
  }
  const dags = [...new Set(Object.values(exports).flat().filter(isDag))];
  return { dags, other: 'default' in exports ? otherExport(exports.default) : undefined };
}

/** How a message names a default export that is no DAG. */
function otherExport(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  if (typeof value !== 'function') return shown(value);
  return /^class\b/.test(Function.prototype.toString.call(value)) ? 'a class' : 'a function';
}

/** The diagnostic of what ended a file. */
function ended(error: unknown, bundle: Bundle): Diagnostic {
  const file = relative('', bundle.file);
  const at = { place: thrownAt(error, bundle) };
  if (!(error instanceof Misbehaved)) {
    const detail = messageOf(error);
    return diagnose('DAG022', { file, detail, instead: insteadOfError(detail) }, at);
  }
  if (error.kind === 'exits') return diagnose('DAG140', { file, call: error.message }, at);
  if (error.kind === 'loops') return diagnose('DAG145', { file, time: error.message }, at);
  return diagnose('DAG141', { file }, at);
}

interface ExportedDag {
  readonly [MODEL]: () => DagModel;
}

function isDag(value: unknown): value is ExportedDag {
  return typeof (value as { [MODEL]?: unknown } | null | undefined)?.[MODEL] === 'function';
}

/** What to write for a name of Airflow's that is not there: `PythonOperator`, `dag.task.expand`. */
function insteadOfError(detail: string): string | undefined {
  const missing = /^ReferenceError: (\w+) is not defined$/.exec(detail)?.[1];
  if (missing !== undefined) return insteadOfMember('dagwright', missing);
  const called = /^TypeError: .*\.(\w+) is not a function(?: or .*)?$/.exec(detail)?.[1];
  return called === undefined ? undefined : insteadOfMember('task', called);
}

/** The first frame of an error's stack that is in the bundle, in the user's file. */
function thrownAt(error: unknown, { file, outfile, original }: Bundle): Place {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, line, column] = /^:(\d+):(\d+)/.exec(stack.slice(stack.indexOf(outfile) + outfile.length)) ?? [];
  const isIn = stack.includes(outfile) && line !== undefined;
  const place = isIn ? original({ file: outfile, line: Number(line), column: Number(column) }) : undefined;
  return place ?? { file, line: 1, column: 1 };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replace(/\.$/, '');
}

/** The model with what its files say: the doc comments above its declarations, where nothing else describes them, and the names in them. */
function documented(model: DagModel, { sources }: Bundle): DagModel {
  const doc = (place: Place | undefined) => place && sources.get(place.file)?.docOf(place.line, place.column);
  const names = new Set([...sources.values()].flatMap(({ parsed }) => [...(parsed.names ?? [])]));
  return {
    ...model,
    names,
    description: model.description ?? doc(model.place),
    tasks: model.tasks.map((task) => ({
      ...task,
      description: task.description ?? (task.brought ? undefined : doc(task.place)),
    })),
  };
}
