import type { DagModel, Target } from '../authoring/internal.ts';
import { type Diagnostic, Stop } from '../diagnostics/index.ts';
import { checkGraph } from './2-graph/check-graph.ts';
import { checkSize } from './2-graph/check-size.ts';
import { planGraph } from './3-plan/plan-graph.ts';
import { decideOutcomes } from './4-outcomes/decide-outcomes.ts';
import { missingOutputs } from './4-outcomes/missing-outputs.ts';
import { emitMachine } from './5-emit/emit-machine.ts';
import { assetsOf } from './6-files/assets.ts';
import { type FileSet, makeFiles } from './6-files/make-files.ts';

export interface Compiled {
  readonly dag: string;
  readonly files: FileSet;
  readonly warnings: readonly Diagnostic[];
  /** Every reference that a task was given. */
  readonly reads: readonly Target[];
}

/**
 * The compiler in one screen. What comes in is a DAG as plain data (1-load makes it from a file); what goes out is the text of the files
 * of `dist/<dag>/`.
 *
 *     model ─▶ 2-graph ─▶ 3-plan ─▶ 4-outcomes ─▶ 5-emit ─▶ 6-files
 *              sound?     a tree    what fails     states     text
 *
 * @throws Stop with everything that is wrong with the DAG
 */
export function compileModel(model: DagModel): Compiled {
  const { graph, warnings } = checkGraph(model);
  checkSize(graph);
  const plan = planGraph(graph);
  const outcomes = decideOutcomes(graph, plan.tree);
  const missing = missingOutputs(graph, outcomes);
  if (missing.length > 0) throw new Stop([...warnings, ...missing]);
  const assets = assetsOf(graph);
  const machine = emitMachine(graph, plan, outcomes, (path) => assets.get(path)!.key);
  const { files, warnings: ofCalls } = makeFiles(machine, plan, assets.values());
  const reads = [...graph.tasks.values()].flatMap((task) => task.reads);
  return { dag: model.id, files, warnings: [...warnings, ...ofCalls], reads };
}
