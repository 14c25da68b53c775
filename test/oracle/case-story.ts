import type { TriggerRule } from '../../authoring/index.ts';
import type { DagModel } from '../../authoring/internal.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import type { Simulation } from '../../simulate/simulate.ts';
import type { CaseRun, Ends } from '../case-run.ts';
import { type OracleTask, type Story, tell } from './airflow.ts';

/**
 * How the oracle says that a run ends: of the DAG's graph and what each task does, without the machine. It knows no `failFast`, and no
 * run that is refused for its params or stopped by the clock.
 */
export function airflowEnds(
  model: DagModel,
  manifest: Manifest,
  run: CaseRun,
  { error, status }: Simulation,
): { readonly ends: Ends; readonly failed: boolean } | 'not Airflow’s case' {
  if (error === 'Params.Invalid' || status === 'TIMED_OUT' || (model.failFast && status !== 'SUCCEEDED'))
    return 'not Airflow’s case';
  const ids = manifest.tasks.map(({ id }) => id);
  const unknown = Object.keys(run.outcomes ?? {}).filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new Error(`The run’s \`outcomes\` name ${unknown.join(', ')}: there is no such task.`);
  const story: Story = { failFast: false, tasks: manifest.tasks.map((task) => oracleTask(model, ids, task, run)) };
  const { ends, ran, failed } = tell(story);
  for (const i of ran)
    if (['branch', 'short_circuit'].includes(manifest.tasks[i]!.kind) && run.outcomes?.[ids[i]!] === undefined)
      throw new Error(`The run’s \`outcomes\` must say what ${ids[i]} decides.`);
  return { ends: Object.fromEntries(ids.map((id, i) => [id, ends[i]!])), failed };
}

function oracleTask(model: DagModel, ids: readonly string[], task: ManifestTask, run: CaseRun): OracleTask {
  const own = model.tasks.find(({ id }) => id === task.id)!;
  const outcome = run.outcomes?.[task.id] ?? 'success';
  const isDirect = own.decision?.kind === 'test' && !own.decision.ignoreDownstreamTriggerRules;
  return {
    kind: task.kind === 'short_circuit' ? (isDirect ? 'shortdirect' : 'short') : task.kind,
    rule: task.triggerRule as TriggerRule,
    deps: [...new Set([...task.upstreams, ...(task.setups ?? [])])].map((id) => ids.indexOf(id)),
    outcome:
      typeof outcome === 'boolean'
        ? { goesOn: outcome }
        : typeof outcome === 'string'
          ? outcome
          : { chooses: outcome.map((id) => ids.indexOf(id)) },
    failsRun: own.onFailureFailDagrun,
  };
}
