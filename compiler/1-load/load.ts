import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type Diagnostic, diagnose, type Place, Stop } from '../../diagnostics/index.ts';
import { assetFile } from '../../packaging/own-files.ts';
import { type Bundled, bundle, SourceFiles } from './bundle.ts';
import { exclusively, IMPORT_TIMEOUT_MS } from './evaluate.ts';
import { type Found, findDagFiles } from './find-files.ts';
import { type LoadedDag, type LoadedFile, loadFile } from './load-file.ts';

export interface LoadedFolder {
  readonly loaded: readonly LoadedDag[];
  /** What is wrong in files, in order of file; the DAGs of the other files are loaded. */
  readonly faults: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** Of the ids that are wanted, those of DAGs that files at fault make, as far as their sources say it. */
  readonly atFault: readonly string[];
}

/**
 * Every DAG of a folder's files, each file bundled and run once. A file without a DAG that another one imports is a helper.
 * @param root the project's root: paths in DAG files are relative to it
 * @throws Stop where there are no files
 */
export function loadDags(dir: string, root: string): Promise<LoadedFolder> {
  return new DagFolder(dir, root).load();
}

/** The DAG files of a folder. What was loaded is kept, and a file is run again when it, or something that it reads, has changed. */
export class DagFolder {
  private readonly dir: string;
  private readonly root: string;
  private readonly timeoutMs: number;
  private readonly sources = new SourceFiles();
  private readonly files = new Map<string, LoadedFile | readonly Diagnostic[]>();

  /**
   * @param root the project's root: paths in DAG files are relative to it
   * @param timeoutMs how long a file may run
   */
  constructor(dir: string, root: string, timeoutMs: number = IMPORT_TIMEOUT_MS) {
    this.dir = resolve(dir);
    this.root = root;
    this.timeoutMs = timeoutMs;
  }

  /**
   * The DAGs of all files; or of those that have the DAGs wanted: the others are not run where the sources say the ids. What is wrong in
   * the other files is not reported then, but for a DAG with one of these ids.
   * @param wanted ids of DAGs; empty: all
   * @throws Stop where there are no files
   */
  async load(wanted: readonly string[] = []): Promise<LoadedFolder> {
    const found = findDagFiles(this.dir);
    for (const file of this.files.keys()) if (!found.files.includes(file)) this.files.delete(file);
    const some = filesWith(wanted, found.files);
    if (some !== undefined) {
      await this.run(some);
      const folder = this.folderOf({ files: some, passedOver: [], lost: [] }, wanted);
      if (hasAll(folder, wanted) && folder.faults.every(({ code }) => code !== 'DAG023')) return folder;
    }
    await this.run(found.files);
    const folder = this.folderOf(found, wanted);
    if (wanted.length === 0 || !hasAll(folder, wanted)) return folder;
    const files = found.files.filter((path) => this.hasOneOf(path, wanted));
    return this.folderOf({ files, passedOver: [], lost: [] }, wanted);
  }

  /** Whether a file makes a DAG with one of the ids, in whichever case. */
  private hasOneOf(path: string, ids: readonly string[]): boolean {
    const file = this.files.get(path)!;
    const known = isLoaded(file) ? idsOf(file) : literalIds(readFileSync(path, 'utf8'));
    return ids.some((id) => known.has(id.toLowerCase()));
  }

  /**
   * Forgets what was made of files that have changed.
   * @param changed absolute paths
   * @returns whether one of them is known to be read by a DAG file, or to be at fault
   */
  forget(changed: ReadonlySet<string>): boolean {
    const all = [...this.files.values()];
    const isKnown = (path: string) =>
      this.files.has(path) ||
      all.some((file) =>
        isLoaded(file)
          ? dependsOn(file, path) || file.dags.some((dag) => uploads(dag, this.root).includes(path))
          : file.some(({ place }) => place?.file === path),
      );
    const known = [...changed].filter(isKnown);
    const unknown = known.length < changed.size;
    for (const [path, file] of this.files) {
      // A file at fault may lack anything. One that reads files by itself may have read whatever nobody else has.
      const isStale =
        !isLoaded(file) || (unknown && file.readsByItself) || [...changed].some((one) => dependsOn(file, one));
      if (isStale) this.files.delete(path);
    }
    return known.length > 0;
  }

  forgetAll(): void {
    this.files.clear();
  }

  /** Runs those files that were not, while the bundler is at work on the next of them. */
  private async run(files: readonly string[]): Promise<void> {
    const waiting = files.filter((file) => !this.files.has(file));
    let next = this.bundled(waiting, 0);
    for (let at = 0; at < waiting.length; at += BATCH) {
      const batch = await next;
      next = this.bundled(waiting, at + BATCH);
      for (const one of batch) this.files.set(one.file, await this.loaded(one));
    }
  }

  private bundled(files: readonly string[], from: number): Promise<readonly Bundled[]> {
    const bundles = bundle(files.slice(from, from + BATCH), this.sources);
    // It is awaited later, when files of the batch before it were run.
    bundles.catch(() => undefined);
    return bundles;
  }

  private async loaded(bundled: Bundled): Promise<LoadedFile | readonly Diagnostic[]> {
    if ('faults' in bundled) return bundled.faults;
    try {
      return await exclusively(() => loadFile(bundled, this.root, this.timeoutMs));
    } catch (error) {
      if (error instanceof Stop) return error.diagnostics;
      throw error;
    }
  }

  private folderOf({ files, passedOver, lost }: Found, wanted: readonly string[]): LoadedFolder {
    const loaded: LoadedDag[] = [];
    const faults: Diagnostic[] = [];
    const warnings: Diagnostic[] = [];
    const without: [file: string, LoadedFile][] = [];
    const imported = new Set<string>();
    for (const path of files) {
      const file = this.files.get(path)!;
      if (!isLoaded(file)) {
        faults.push(...file);
        continue;
      }
      for (const part of file.parts) if (part !== path) imported.add(part);
      if (file.dags.length === 0) without.push([path, file]);
      else warnings.push(...file.forgotten.map(({ id, place }) => diagnose('DAG143', { dag: id }, { place })));
      loaded.push(...file.dags);
    }
    for (const [file, { forgotten, exported }] of without) {
      // The place of a DAG that the file makes and keeps to itself.
      const place = forgotten[0]?.place ?? { file, line: 1, column: 1 };
      if (!imported.has(file)) faults.push(diagnose('DAG023', { file: relative('', file), exported }, { place }));
    }
    for (const link of lost) warnings.push(diagnose('DAG163', { link: relative('', link) }));
    for (const file of passedOver.filter((path) => !imported.has(path)))
      warnings.push(diagnose('DAG142', { file: relative('', file) }, { place: { file, line: 1, column: 1 } }));
    const { ids, faults: ofIds } = byId(loaded, this.root);
    faults.push(...ofIds);
    const unloaded = files.filter((path) => !isLoaded(this.files.get(path)!));
    const atFault = wanted.filter((id) => !ids.has(id) && unloaded.some((path) => this.hasOneOf(path, [id])));
    return { loaded: [...ids.values()], faults: unique(faults), warnings, atFault };
  }
}

/** Whether the DAGs wanted are loaded, or not for a fault that is reported. */
function hasAll({ loaded, atFault }: LoadedFolder, wanted: readonly string[]): boolean {
  const ids = [...loaded.map(({ model }) => model.id), ...atFault];
  return wanted.every((id) => ids.includes(id));
}

function idsOf({ dags }: LoadedFile): ReadonlySet<string> {
  return new Set(dags.map(({ model }) => model.id.toLowerCase()));
}

/** So many files that the bundler's start does not count, and so few that they are run while it is at work on the next ones. */
const BATCH = 50;

function isLoaded(file: LoadedFile | readonly Diagnostic[]): file is LoadedFile {
  return !Array.isArray(file);
}

function dependsOn({ parts, folders }: LoadedFile, path: string): boolean {
  return parts.includes(path) || folders.has(path) || folders.has(dirname(path));
}

/** The absolute paths of the project's files that a DAG has uploaded: their content is in what it is compiled to. */
export function uploads({ model }: LoadedDag, root: string): string[] {
  return model.tasks.flatMap(({ template }) => template.assets ?? []).map((path) => resolve(assetFile(path, root)));
}

/** The files whose source has `new Dag('id'` with one of the ids, in whichever case; undefined where there is none for one of them. */
function filesWith(ids: readonly string[], files: readonly string[]): readonly string[] | undefined {
  if (ids.length === 0) return undefined;
  const wanted = ids.map((id) => id.toLowerCase());
  const inFiles = new Map(files.map((file) => [file, literalIds(readFileSync(file, 'utf8'))]));
  const have = [...inFiles].filter(([, known]) => wanted.some((id) => known.has(id))).map(([file]) => file);
  return wanted.every((id) => have.some((file) => inFiles.get(file)!.has(id))) ? have : undefined;
}

/** Of the DAGs that a source makes with a text for their id, in lower case. */
function literalIds(source: string): ReadonlySet<string> {
  const ids = source.matchAll(/\bnew\s+Dag\s*\(\s*(['"`])([\w-]+)\1/g);
  return new Set([...ids].map(([, , id]) => (id as string).toLowerCase()));
}

/** The DAGs by their ids, of each the first. */
function byId(
  loaded: readonly LoadedDag[],
  root: string,
): { ids: ReadonlyMap<string, LoadedDag>; faults: Diagnostic[] } {
  const ids = new Map<string, LoadedDag>();
  const inAnyCase = new Map<string, LoadedDag>();
  const faults = new Map<LoadedDag, Diagnostic>();
  for (const dag of loaded) {
    const { id, place } = dag.model;
    const other = ids.get(id);
    const near = other ?? inAnyCase.get(id.toLowerCase());
    if (!other) ids.set(id, dag);
    if (!near) inAnyCase.set(id.toLowerCase(), dag);
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
