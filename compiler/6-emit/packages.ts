import { basename, extname } from 'node:path';
import { archiveOfTask, functionName, projectRoot, type TaskModel } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { ManifestArchive } from '../../manifest/manifest.ts';
import { packageJob } from '../../packaging/job.ts';
import { type FunctionPackage, packageFunction } from '../../packaging/package.ts';
import type { Graph } from '../3-graph/graph.ts';

/**
 * The functions that are published with the machine, by task: bundled and read, so that what is compiled is what is published.
 * @throws Stop with every function that does not build
 */
export function packagesOf({ tasks }: Graph): ReadonlyMap<string, FunctionPackage> {
  const faults: Diagnostic[] = [];
  const made = new Map<string, FunctionPackage>();
  const names = new Map<string, string>();
  for (const [id, { model }] of tasks) {
    if (model.template.code === undefined) continue;
    const name = functionName(id);
    const other = names.get(name);
    if (other !== undefined)
      faults.push(diagnose('DAG154', { name, tasks: [other, id] }, { task: id, place: model.place }));
    names.set(name, id);
    const one = packaged(model, faults, () => packageFunction(model.template.code!, projectRoot()));
    if (one !== undefined) made.set(id, one);
  }
  if (faults.length > 0) throw new Stop(faults);
  return made;
}

/** The code that jobs fetch: what the manifest says of it, and the files that it is made of. */
export interface Archives {
  /** By what stands for each in the states: the same of the same code. */
  readonly keys: ReadonlyMap<string, { readonly key: string }>;
  readonly archives: readonly ManifestArchive[];
  /** By task. */
  readonly packages: ReadonlyMap<string, FunctionPackage>;
}

/**
 * The archives of the code that jobs fetch, sorted by task.
 * @throws Stop with all code that cannot be called
 */
export function archivesOf({ tasks }: Graph): Archives {
  const faults: Diagnostic[] = [];
  const packages = new Map<string, FunctionPackage>();
  const archives: ManifestArchive[] = [];
  for (const [task, { model }] of tasks) {
    const code = model.template.jobCode;
    const one = code && packaged(model, faults, () => packageJob(code, projectRoot()));
    if (one === undefined || code === undefined) continue;
    const name = basename(code.source.file, extname(code.source.file));
    const end = code.source.kind === 'python' ? 'zip' : 'mjs';
    archives.push({ task, key: `${name}-${one.sha256.slice(0, 12)}/${name}.${end}`, sha256: one.sha256, ...code });
    packages.set(task, one);
  }
  if (faults.length > 0) throw new Stop(faults);
  return { archives, keys: new Map(archives.map((one) => [archiveOfTask(one.task), one])), packages };
}

/** Warns of files that code names and that do not go with it. */
export function leftOutData({ tasks }: Graph, packages: ReadonlyMap<string, FunctionPackage>): Diagnostic[] {
  return [...packages].flatMap(([task, { leftOut = [] }]) => {
    if (leftOut.length === 0) return [];
    const { template, place } = tasks.get(task)!.model;
    const { file } = (template.code ?? template.jobCode)!.source;
    return [diagnose('DAG172', { file, leftOut }, { task, place })];
  });
}

function packaged(
  { id, place }: TaskModel,
  faults: Diagnostic[],
  made: () => FunctionPackage,
): FunctionPackage | undefined {
  try {
    return made();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const at = place === undefined ? {} : { place };
    faults.push(...error.diagnostics.map((one) => ({ ...at, ...one, task: id })));
    return undefined;
  }
}
