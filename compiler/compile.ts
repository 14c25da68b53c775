import type { DagModel, Target } from '../authoring/internal.ts';
import { type Diagnostic, inOrder, isError, Stop } from '../diagnostics/index.ts';
import { lowerDag } from './2-lower/lower.ts';
import { examine, graphOf, inDoubt, isStructured } from './3-graph/check-graph.ts';
import type { Draft, Graph } from './3-graph/graph.ts';
import { checkSize } from './3-graph/size.ts';
import { planGraph } from './4-plan/plan-graph.ts';
import { withWidths } from './4-plan/widths.ts';
import { decideOutcomes } from './5-outcomes/decide-outcomes.ts';
import { missingOutputs } from './5-outcomes/missing-outputs.ts';
import { assetsOf } from './6-emit/assets.ts';
import { emitMachine } from './6-emit/emit-machine.ts';
import { jsonText } from './6-emit/json-text.ts';
import { archivesOf, leftOutData, packagesOf } from './6-emit/packages.ts';
import { checkCalls } from './7-check/check-calls.ts';
import { checkLimits } from './7-check/check-limits.ts';
import { checkMachine, mustBeValid } from './7-check/check-machine.ts';
import { figuresOf } from './7-check/figures.ts';
import { cleanupOf } from './8-describe/cleanup.ts';
import { chargesOf } from './8-describe/costs.ts';
import { functionsOf } from './8-describe/functions.ts';
import { policyFaults } from './8-describe/policy/faults.ts';
import { policyOf, taskPermissions } from './8-describe/policy/policy.ts';
import { rolesOf } from './8-describe/policy/roles.ts';
import { type FileSet, filesOf } from './9-files/files.ts';
import { manifestOf } from './9-files/manifest-of.ts';
import { barrierReport, readmeOf } from './9-files/readme.ts';

export interface Compiled {
  readonly dag: string;
  readonly files: FileSet;
  readonly warnings: readonly Diagnostic[];
  /** Every reference that a task was given. */
  readonly reads: readonly Target[];
  /** What its barriers make wait for what, a line each. */
  readonly barriers: readonly string[];
  /** The files of the project that its functions are made of, absolute. */
  readonly parts: readonly string[];
}

/**
 * The compiler in one screen. What comes in is a DAG as plain data (1-load makes it from a file); what goes out is the text of the files
 * of `dist/<dag>/`.
 *
 *     model ─▶ 2-lower ─▶ 3-graph ─▶ 4-plan ─▶ 5-outcomes ─▶ 6-emit ─▶ 7-check ─▶ 8-describe ─▶ 9-files
 *              states     sound?     a tree    what fails    states    valid?     policy,       text
 *              of tasks                        and then      of all               costs
 *
 * Lowering comes before the graph because a reference in a task's states is a dependency.
 * @throws Stop with everything that is wrong with the DAG
 */
export function compileModel(model: DagModel): Compiled {
  const lowered = lowerDag(model);
  const { draft, found } = examine(lowered);
  try {
    if (found.some(isError)) throw new Stop(isStructured(draft, found) ? missingInSpite(draft, found) : []);
    const made = compileGraph(graphOf(draft));
    return { ...made, warnings: [...found, ...made.warnings] };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    // What stops one phase keeps back nothing that another one would report.
    const later = error.diagnostics.some(({ code }) => code === 'DAG123' || code === 'DAG030') ? [] : checkCalls(draft);
    throw new Stop(inOrder([...found, ...error.diagnostics, ...later]));
  }
}

/** The phases behind the check of the graph; each is handed what it needs and no more. */
function compileGraph(sound: Graph): Compiled {
  const dag = sound.model.id;
  checkSize(sound);
  const plan = planGraph(sound);
  const graph = withWidths(sound, plan.tree);

  const outcomes = decideOutcomes(graph, plan.tree);
  stopAt(missingOutputs(graph, outcomes));

  const assets = assetsOf(graph);
  const functionPackages = packagesOf(graph);
  const { archives, keys, packages: jobPackages } = archivesOf(graph);
  const packages = new Map([...functionPackages, ...jobPackages]);
  const assetKey = (path: string) => (assets.get(path) ?? keys.get(path))!.key;
  const machine = emitMachine(graph, outcomes, assetKey);
  const text = jsonText(machine.definition);

  const figures = figuresOf(machine.definition);
  stopAt(checkLimits(dag, machine, text, figures));
  const warnings = checkMachine(graph, machine, text);

  const permissions = taskPermissions(graph, { assetKey });
  const found = policyFaults(graph, permissions);
  stopAt(found.filter(isError));
  const policy = policyOf(permissions);
  const roles = rolesOf(graph, { assetKey }, policy);
  const functions = functionsOf(graph, functionPackages, { assetKey });
  const cost = chargesOf(graph, plan.tree, outcomes.semantics, figures.run.transitions);
  const cleanup = cleanupOf(graph, { assetKey });
  if (cleanup !== undefined) mustBeValid(dag, jsonText(cleanup.machine));

  const described = { roles, functions, archives, cost };
  const manifest = manifestOf(graph, plan, outcomes.semantics, machine, assets.values(), described);
  const readme = readmeOf(graph, plan, machine, figures, manifest);
  const files = filesOf(text, policy, manifest, readme, cleanup);
  return {
    dag,
    files,
    warnings: [...warnings, ...found, ...leftOutData(graph, packages)],
    reads: [...graph.tasks.values()].flatMap((task) => task.reads),
    barriers: barrierReport(manifest),
    parts: [...packages.values()].flatMap((one) => one.inputs),
  };
}

function stopAt(errors: readonly Diagnostic[]): void {
  if (errors.length > 0) throw new Stop(errors);
}

/** The outputs that may be missing in a DAG with other faults, as far as these leave it known. */
function missingInSpite(draft: Draft, found: readonly Diagnostic[]): Diagnostic[] {
  const graph = graphOf(draft);
  const doubtful = inDoubt(graph, found);
  const outcomes = decideOutcomes(graph, planGraph(graph).tree);
  return missingOutputs(graph, outcomes).filter(({ task }) => !doubtful.has(task as string));
}
