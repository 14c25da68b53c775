import type { DagModel, Target } from '../authoring/internal.ts';
import { type Diagnostic, inOrder, Stop } from '../diagnostics/index.ts';
import { lowerDag } from './2-lower/lower.ts';
import { examine, graphOf, isError } from './3-graph/check-graph.ts';
import { checkSize } from './3-graph/check-size.ts';
import type { Draft, Graph } from './3-graph/graph.ts';
import { inDoubt, isStructured } from './3-graph/in-doubt.ts';
import { planGraph } from './4-plan/plan-graph.ts';
import { decideOutcomes } from './5-outcomes/decide-outcomes.ts';
import { missingOutputs } from './5-outcomes/missing-outputs.ts';
import { assetsOf } from './6-emit/assets.ts';
import { emitMachine } from './6-emit/emit-machine.ts';
import { checkCalls } from './7-check/check-calls.ts';
import { type FileSet, makeFiles } from './9-files/make-files.ts';

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
 *     model ─▶ 2-lower ─▶ 3-graph ─▶ 4-plan ─▶ 5-outcomes ─▶ 6-emit ─▶ 7-check ─▶ 8-describe ─▶ 9-files
 *              sound?     a tree    what fails     states     text
 *
 * @throws Stop with everything that is wrong with the DAG
 */
export function compileModel(model: DagModel): Compiled {
  const { draft, found } = examine(lowerDag(model));
  try {
    if (found.some(isError)) throw new Stop(isStructured(draft, found) ? missingInSpite(draft, found) : []);
    const made = compileGraph(graphOf(draft));
    return { ...made, warnings: [...found, ...made.warnings] };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    // What stops one phase keeps back nothing that another one would tell.
    const later = error.diagnostics.some(({ code }) => code === 'DAG123' || code === 'DAG030') ? [] : checkCalls(draft);
    throw new Stop(inOrder([...found, ...error.diagnostics, ...later]));
  }
}

function compileGraph(graph: Graph): Compiled {
  checkSize(graph);
  const plan = planGraph(graph);
  const outcomes = decideOutcomes(graph, plan.tree);
  const missing = missingOutputs(graph, outcomes);
  if (missing.length > 0) throw new Stop(missing);
  const assets = assetsOf(graph);
  const machine = emitMachine(graph, plan, outcomes, (path) => assets.get(path)!.key);
  const { files, warnings } = makeFiles(machine, plan, assets.values());
  const reads = [...graph.tasks.values()].flatMap((task) => task.reads);
  return { dag: graph.model.id, files, warnings, reads };
}

/** The outputs that may be missing in a DAG with other faults, as far as these leave it known. */
function missingInSpite(draft: Draft, found: readonly Diagnostic[]): Diagnostic[] {
  const graph = graphOf(draft);
  const doubtful = inDoubt(graph, found);
  const outcomes = decideOutcomes(graph, planGraph(graph).tree);
  return missingOutputs(graph, outcomes).filter(({ task }) => !doubtful.has(task as string));
}
