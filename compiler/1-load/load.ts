import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { originalPositionFor } from '@jridgewell/trace-mapping';
import {
  type CreatedDag,
  type CreatedTemplate,
  type DagModel,
  describeTarget,
  insteadOfMember,
  MODEL,
  resetReported,
  setKeptFaults,
  setLoadedFiles,
  setPlaceMapper,
  setProjectRoot,
  setStrictReferences,
  shown,
  takeCreatedDags,
  takeCreatedTemplates,
  takeWrittenTargets,
} from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, type Place, Stop } from '../../diagnostics/index.ts';
import { type Bundle, bundle } from './bundle.ts';
import { contained, Misbehaved } from './contained.ts';
import { exclusively } from './exclusively.ts';
import { findDagFiles } from './find-files.ts';

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

export interface LoadedFolder {
  readonly loaded: readonly LoadedDag[];
  /** What is wrong in files, in order of file; the DAGs of the other files are loaded. */
  readonly faults: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Every DAG of a folder's files, each file bundled and run once. A file without a DAG that another one imports is a helper.
 * @param root the project's root: paths in DAG files are relative to it
 * @throws Stop where there are no files
 */
export async function loadDags(dir: string, root: string): Promise<LoadedFolder> {
  const loaded: LoadedDag[] = [];
  const faults: Diagnostic[] = [];
  /** With the place of a DAG that the file makes and keeps to itself. */
  const without = new Map<string, { readonly place: Place | undefined; readonly exported: string | undefined }>();
  const imported = new Set<string>();
  const warnings: Diagnostic[] = [];
  const { files, passedOver, lost } = findDagFiles(resolve(dir));
  for (const file of files) {
    try {
      const { dags, parts, forgotten, exported } = await loadFile(file, root);
      for (const part of parts) if (part !== file) imported.add(part);
      if (dags.length === 0) without.set(file, { place: forgotten[0]?.place, exported });
      else warnings.push(...forgotten.map(({ id, place }) => diagnose('DAG143', { dag: id }, { place })));
      loaded.push(...dags);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      faults.push(...error.diagnostics);
    }
  }
  for (const [file, { place = { file, line: 1, column: 1 }, exported }] of without) {
    if (!imported.has(file)) faults.push(diagnose('DAG023', { file: relative('', file), exported }, { place }));
  }
  for (const link of lost) warnings.push(diagnose('DAG163', { link: relative('', link) }));
  for (const file of passedOver.filter((path) => !imported.has(path)))
    warnings.push(diagnose('DAG142', { file: relative('', file) }, { place: { file, line: 1, column: 1 } }));
  const { ids, faults: ofIds } = byId(loaded, root);
  faults.push(...ofIds);
  return { loaded: [...ids.values()], faults: unique(faults), warnings };
}

/** The DAGs by their ids, of each the first. */
function byId(
  loaded: readonly LoadedDag[],
  root: string,
): { ids: ReadonlyMap<string, LoadedDag>; faults: Diagnostic[] } {
  const ids = new Map<string, LoadedDag>();
  const faults = new Map<LoadedDag, Diagnostic>();
  for (const dag of loaded) {
    const { id, place } = dag.model;
    const other = ids.get(id);
    const near = other ?? [...ids.values()].find(({ model }) => model.id.toLowerCase() === id.toLowerCase());
    if (!other) ids.set(id, dag);
    if (!near) continue;
    const file = relative(root, near.file);
    if (!other) faults.set(dag, diagnose('DAG161', { dag: id, near: near.model.id, other: file }, { place }));
    else if (other.file === dag.file || !isSamePlace(other.model.place, place))
      faults.set(dag, diagnose('DAG008', { dag: id, other: file }, { place }));
    else {
      const files = loaded
        .filter(({ model }) => model.id === id && isSamePlace(model.place, place))
        .map((one) => one.file);
      faults.set(other, diagnose('DAG162', { dag: id, files: files.map((one) => relative(root, one)) }, { place }));
    }
  }
  return { ids, faults: [...faults.values()] };
}

function isSamePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** What a helper does wrong is found in each file that imports it. */
function unique(faults: readonly Diagnostic[]): Diagnostic[] {
  return [
    ...new Map(faults.map((fault) => [JSON.stringify([fault.code, fault.message, fault.place]), fault])).values(),
  ];
}

interface LoadedFile {
  readonly dags: readonly LoadedDag[];
  /** The files that it is made of. */
  readonly parts: Iterable<string>;
  /** The DAGs that it makes and does not export. */
  readonly forgotten: readonly CreatedDag[];
  /** What its default export is, where it is no DAG. */
  readonly exported: string | undefined;
}

async function loadFile(file: string, root: string): Promise<LoadedFile> {
  const dir = await mkdtemp(join(await realpath(tmpdir()), 'dagwright-'));
  const outfile = join(dir, 'dag.mjs');
  try {
    const made = await bundle(file, outfile);
    await writeFile(outfile, made.code);
    return await exclusively(() => run(outfile, file, root, made));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Runs a bundled file, and takes what it declared. */
async function run(outfile: string, file: string, root: string, made: Bundle): Promise<LoadedFile> {
  try {
    const placeOf = (place: Place) => original(place, outfile, made);
    setPlaceMapper(placeOf);
    setProjectRoot(root);
    setStrictReferences(true);
    setLoadedFiles(made.files);
    takeWrittenTargets();
    takeCreatedTemplates();
    takeCreatedDags();
    resetReported();
    const kept: Diagnostic[] = [];
    setKeptFaults(kept);
    const { dags: exported, other } = await dagsIn(outfile, file, made).catch(told(kept));
    const models = withFaults(
      exported.map((dag) => dag[MODEL]()),
      kept,
    );
    const written = new Map([...takeWrittenTargets()].map(([token, target]) => [token, describeTarget(target)]));
    const templates = takeCreatedTemplates();
    const errors = kept.filter(({ severity }) => severity === 'error');
    const common = { file, errors, written, made: templates, placeOf };
    return {
      dags: models.map((model) => ({ model: documented(model, made), ...common })),
      parts: made.parts,
      exported: other,
      forgotten: takeCreatedDags().filter(
        ({ dag, place }) => place.file === file && !exported.includes(dag as ExportedDag),
      ),
    };
  } finally {
    setPlaceMapper(undefined);
    setKeptFaults(undefined);
    setStrictReferences(false);
    setLoadedFiles(new Map());
  }
}

/** What was kept while the file ran is told even where something else ended it. */
function told(kept: readonly Diagnostic[]): (error: unknown) => never {
  return (error) => {
    throw error instanceof Stop ? new Stop([...kept, ...error.diagnostics]) : error;
  };
}

/** Told with the first of a file's DAGs. */
function withFaults([first, ...rest]: readonly DagModel[], kept: readonly Diagnostic[]): DagModel[] {
  return first ? [{ ...first, faults: [...first.faults, ...kept] }, ...rest] : [];
}

async function dagsIn(
  outfile: string,
  file: string,
  made: Bundle,
): Promise<{ dags: ExportedDag[]; other: string | undefined }> {
  let exports: Record<string, unknown>;
  try {
    exports = await contained(outfile, () => import(pathToFileURL(outfile).href) as Promise<Record<string, unknown>>);
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(ended(error, outfile, file, made));
  }
  const dags = [...new Set(Object.values(exports).flat().filter(isDag))];
  return { dags, other: 'default' in exports ? otherExport(exports.default) : undefined };
}

/** What stands in a DAG's place. */
function otherExport(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  if (typeof value !== 'function') return shown(value);
  return /^class\b/.test(Function.prototype.toString.call(value)) ? 'a class' : 'a function';
}

/** The diagnostic of what ended a file. */
function ended(error: unknown, outfile: string, file: string, made: Bundle): Diagnostic {
  const name = relative('', file);
  const at = { place: thrownAt(error, outfile, file, made) };
  if (!(error instanceof Misbehaved)) {
    const detail = messageOf(error);
    return diagnose('DAG022', { file: name, detail, instead: insteadOfError(detail) }, at);
  }
  if (error.kind === 'exits') return diagnose('DAG140', { file: name, call: error.message }, at);
  return diagnose('DAG141', { file: name }, at);
}

interface ExportedDag {
  readonly [MODEL]: () => DagModel;
}

function isDag(value: unknown): value is ExportedDag {
  return typeof (value as { [MODEL]?: unknown } | null | undefined)?.[MODEL] === 'function';
}

/** From a place in the bundle to the place in the file that the user wrote. */
function original(place: Place, outfile: string, { map }: Bundle): Place | undefined {
  if (place.file !== outfile) return undefined;
  const { source, line, column } = originalPositionFor(map, { line: place.line, column: place.column - 1 });
  return source === null ? undefined : { file: resolve(dirname(outfile), source), line, column: column + 1 };
}

/** What to write for a name of Airflow's that is not there: `PythonOperator`, `dag.task.expand`. */
function insteadOfError(detail: string): string | undefined {
  const missing = /^ReferenceError: (\w+) is not defined$/.exec(detail)?.[1];
  if (missing !== undefined) return insteadOfMember('dagwright', missing);
  const called = /^TypeError: .*\.(\w+) is not a function$/.exec(detail)?.[1];
  return called === undefined ? undefined : insteadOfMember('task', called);
}

/** The first frame of an error's stack that is in the bundle, in the user's file. */
function thrownAt(error: unknown, outfile: string, file: string, made: Bundle): Place {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frame = stack
    .split('\n')
    .map((line) => /([^\s(]+dag\.mjs):(\d+):(\d+)/.exec(line))
    .find((match) => match !== null);
  const place = frame && original({ file: outfile, line: Number(frame[2]), column: Number(frame[3]) }, outfile, made);
  return place ?? { file, line: 1, column: 1 };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replace(/\.$/, '');
}

/** The model with what its files say: the doc comments above its declarations, where nothing else describes them, and the names in them. */
function documented(model: DagModel, { docs, names }: Bundle): DagModel {
  const doc = (place: Place | undefined) => place && docs.get(place.file)?.(place.line, place.column);
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
