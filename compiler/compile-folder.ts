import { type DagModel, tokenOf, withLoading } from '../authoring/internal.ts';
import { type Diagnostic, diagnose, inOrder, listed, Stop } from '../diagnostics/index.ts';
import { exclusively } from './1-load/evaluate.ts';
import { DagFolder, uploads } from './1-load/load.ts';
import type { LoadedDag } from './1-load/load-file.ts';
import type { Compiled } from './compile.ts';

export interface CompiledFolder {
  /** By id. */
  readonly compiled: readonly Compiled[];
  /** Those of them that were compiled anew, and not kept from before. */
  readonly recompiled: readonly Compiled[];
  readonly warnings: readonly Diagnostic[];
  /** What is wrong in the files, and in the DAGs wanted that are not compiled. */
  readonly faults: readonly Diagnostic[];
}

/**
 * Compiles the DAGs of a folder; nothing is written. What is wrong in one of them stops none of the others.
 * @param only the ids wanted; empty: all
 * @throws Stop where there is no DAG file at all
 */
export function compileFolder(dir: string, root: string, only: readonly string[] = []): Promise<CompiledFolder> {
  return new FolderCompiler(dir, root).compile(only);
}

/** Compiles a folder again and again: what was compiled is kept, until a file that it was made from has changed. */
export class FolderCompiler {
  private readonly folder: DagFolder;
  private readonly root: string;
  private kept = new Map<LoadedDag, Outcome>();

  /**
   * @param root the project's root: paths in DAG files are relative to it
   * @param timeoutMs how long a DAG file may run; 30 s, if it is not said
   */
  constructor(dir: string, root: string, timeoutMs?: number) {
    this.folder = new DagFolder(dir, root, timeoutMs);
    this.root = root;
  }

  /**
   * Forgets what was made from files that have changed, by their absolute paths.
   * @returns whether one of them is known to be read by a DAG file, or to be at fault
   */
  forget(changed: ReadonlySet<string>): boolean {
    let isKnown = this.folder.forget(changed);
    for (const [dag, { compiled }] of this.kept) {
      const parts = new Set([...uploads(dag, this.root), ...(compiled?.parts ?? [])]);
      const isStale = [...changed].some((path) => parts.has(path));
      // Nobody knows which files a function lacks that does not build.
      const mayBeStale = compiled === undefined && dag.model.tasks.some(({ template }) => template?.code !== undefined);
      if (isStale || mayBeStale) this.kept.delete(dag);
      isKnown ||= isStale;
    }
    return isKnown;
  }

  forgetAll(): void {
    this.folder.forgetAll();
    this.kept.clear();
  }

  /** @throws Stop where there is no DAG file at all */
  async compile(only: readonly string[] = []): Promise<CompiledFolder> {
    // The modules of the later phases are imported while esbuild is at work.
    const [{ loaded, atFault, faults: inFiles, warnings: ofFiles }, { compileModel }] = await Promise.all([
      this.folder.load(only),
      import('./compile.ts'),
    ]);
    const known = loaded.map(({ model }) => model.id).sort();
    const unknown = only.filter((name) => !known.includes(name) && !atFault.includes(name));
    const wanted = loaded.filter(({ model }) => only.length === 0 || only.includes(model.id));
    const outcomes = new Map<LoadedDag, Outcome>();
    for (const dag of wanted) outcomes.set(dag, this.kept.get(dag) ?? (await compiledOf(dag, this.root, compileModel)));
    const before = this.kept;
    this.kept = outcomes;
    const compiled = new Map(
      [...outcomes].flatMap(([dag, { compiled: made }]) => (made ? [[dag, made] as const] : [])),
    );
    const made = [...outcomes.values()];
    const warnings = [
      // Where a DAG of the file is not compiled, what is wrong with it comes first.
      ...ofFiles.filter(({ place }) => loaded.every((dag) => dag.file !== place?.file || compiled.has(dag))),
      ...made.flatMap((one) => one.warnings),
      ...[...compiled.values()].flatMap((one) => one.warnings),
      ...lostReferences(loaded, compiled),
      ...lostTemplates(loaded, wanted),
    ];
    const faults = [
      ...inFiles,
      ...unknown.map((name) => diagnose('DAG024', { name, known })),
      ...made.flatMap((one) => one.faults),
    ];
    const byId = [...compiled].sort(([a], [b]) => (a.model.id < b.model.id ? -1 : 1));
    return {
      compiled: byId.map(([, one]) => one),
      recompiled: byId.filter(([dag]) => !before.has(dag)).map(([, one]) => one),
      warnings: inOrder(eachOnce(warnings)),
      faults: inOrder(eachOnce(faults)),
    };
  }
}

/** What became of a DAG. */
interface Outcome {
  /** Undefined where it is at fault, or may have what is at fault in its file. */
  readonly compiled: Compiled | undefined;
  /** Of one that is not compiled. */
  readonly warnings: readonly Diagnostic[];
  readonly faults: readonly Diagnostic[];
}

async function compiledOf(dag: LoadedDag, root: string, compileModel: (model: DagModel) => Compiled): Promise<Outcome> {
  const isAtFault = dag.errors.length > 0;
  const { model, placeOf } = dag;
  try {
    const made = await exclusively(() => withLoading({ root, placeOf }, () => compileModel(model)));
    // A DAG in a file with errors is not written; its own errors are reported.
    return isAtFault
      ? { compiled: undefined, warnings: made.warnings.filter(isOwn), faults: dag.errors }
      : { compiled: made, warnings: [], faults: [] };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const faults = error.diagnostics
      .filter((one) => !isAtFault || isOwn(one))
      .map((one) => (one.place === undefined && model.place ? { ...one, place: model.place } : one));
    return { compiled: undefined, warnings: [], faults: [...faults, ...dag.errors] };
  }
}

/** What a stand-in for something at fault leads to (a machine that is none, a task without upstreams) is not the user's mistake, nor ours. */
function isOwn({ code }: Diagnostic): boolean {
  return code !== 'DAG029' && code !== 'DAG030';
}

/** Diagnostics that a loop over one line repeats, for one task after the other, become one. */
function eachOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byText = new Map<string, Diagnostic[]>();
  for (const one of diagnostics) {
    const { task, place } = one;
    const isPlaced = task !== undefined && place !== undefined;
    const plain = (text: string) => (isPlaced ? text.replaceAll(`"${task}"`, '""') : text);
    const key = JSON.stringify([one.code, plain(one.message), plain(one.remedy), place]);
    const same = byText.get(key) ?? [];
    byText.set(key, same);
    if (same.every((other) => other.task !== task || other.message !== one.message)) same.push(one);
  }
  return [...byText.values()].map(([first, ...others]) => {
    const tasks = others.map(({ task }) => `"${task}"`).filter((task) => task !== `"${first!.task}"`);
    return tasks.length === 0
      ? first!
      : { ...first!, message: `${first!.message} The same holds for ${listed(tasks)}.` };
  });
}

/** References that a file turned into text which reached no task of its DAGs. Known where all of them were compiled. */
function lostReferences(loaded: readonly LoadedDag[], compiled: ReadonlyMap<LoadedDag, Compiled>): Diagnostic[] {
  return [...new Set(loaded.map(({ file }) => file))].flatMap((file) => {
    const dags = loaded.filter((dag) => dag.file === file);
    if (!dags.every((dag) => compiled.has(dag))) return [];
    const reached = new Set(
      dags.flatMap((dag) => compiled.get(dag)!.reads.map((target) => tokenOf({ ...target, json: false }))),
    );
    const { model, written } = dags[0] as LoadedDag;
    const lost = [...written].filter(([token]) => !reached.has(token));
    return lost.map(([, reference]) => diagnose('DAG018', { reference }, { place: model.place }));
  });
}

/** Templates that a DAG file made itself and that no task has. Known where all of the file's DAGs were looked at. */
function lostTemplates(loaded: readonly LoadedDag[], wanted: readonly LoadedDag[]): Diagnostic[] {
  return [...new Set(loaded.map(({ file }) => file))].flatMap((file) => {
    const dags = loaded.filter((dag) => dag.file === file);
    if (!dags.every((dag) => wanted.includes(dag))) return [];
    const found = dags[0]!.made.flatMap(({ kind, unusedAt }) => {
      const place = unusedAt?.();
      return place?.file === file ? [diagnose('DAG076', { kind }, { place })] : [];
    });
    return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  });
}
