import { functionName, projectRoot } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
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
    try {
      made.set(id, packageFunction(model.template.code, projectRoot()));
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      const at = model.place === undefined ? {} : { place: model.place };
      faults.push(...error.diagnostics.map((one) => ({ ...at, ...one, task: id })));
    }
  }
  if (faults.length > 0) throw new Stop(faults);
  return made;
}
