import type { DagModel } from '../../authoring/internal.ts';
import type {
  Asset,
  EnvDeclaration,
  Manifest,
  ManifestArchive,
  ManifestCost,
  ManifestFunction,
  ManifestGraph,
  ManifestTask,
  ManifestWork,
  ParamsSchema,
} from '../../manifest/manifest.ts';
import { type Written, writeValue } from '../../manifest/written-value.ts';
import type { Graph, GraphTask } from '../3-graph/graph.ts';
import type { Plan } from '../4-plan/plan-graph.ts';
import { tasksOf } from '../4-plan/tree.ts';
import type { Semantics } from '../5-outcomes/semantics.ts';
import type { Machine, MachineTask } from '../6-emit/emit-machine.ts';
import type { HandedRole } from '../8-describe/policy/roles.ts';

/** What deploy, runs and local need besides the machine. */
export function manifestOf(
  graph: Graph,
  plan: Plan,
  { decides }: Pick<Semantics, 'decides'>,
  machine: Pick<Machine, 'tasks'>,
  assets: Iterable<Asset>,
  { roles, cost, functions, archives }: Described,
): Manifest {
  const { model } = graph;
  const groups = model.groups.map(({ id, members }) => ({ id, tasks: [...members].sort() }));
  const barriers = plan.barriers.map(({ before, behind, delays }) => ({ after: before, before: behind, delays }));
  return {
    manifestVersion: 1,
    dag: model.id,
    ...(model.description !== undefined && { description: model.description }),
    schedule: model.schedule,
    ...(model.timezone !== undefined && { timezone: model.timezone }),
    ...(model.startDate !== undefined && { startDate: model.startDate }),
    ...(model.endDate !== undefined && { endDate: model.endDate }),
    catchup: model.catchup,
    tags: [...model.tags].sort(),
    params: paramsSchema(model),
    env: sorted(withRoles(model.env, roles)),
    assets: [...assets],
    ...(archives.length > 0 && { archives }),
    ...(functions.length > 0 && { functions }),
    tasks: tasksOf(plan.tree).map((id) => manifestTask(graph.tasks.get(id)!, machine.tasks.get(id)!, decides)),
    ...(groups.length > 0 && { groups: groups.sort((a, b) => (a.id < b.id ? -1 : 1)) }),
    ...(barriers.length > 0 && { barriers }),
    cost,
    graph: graphOf(graph),
  };
}

interface Described {
  readonly roles: ReadonlyMap<string, HandedRole>;
  readonly functions: readonly ManifestFunction[];
  readonly archives: readonly ManifestArchive[];
  readonly cost: ManifestCost;
}

function withRoles(env: Manifest['env'], roles: ReadonlyMap<string, HandedRole>): { [name: string]: EnvDeclaration } {
  return Object.fromEntries(Object.entries(env).map(([name, one]) => [name, { ...one, ...roles.get(name) }]));
}

function paramsSchema(model: DagModel): ParamsSchema {
  const properties = sorted(
    Object.fromEntries(Object.entries(model.params).map(([name, { schema }]) => [name, schema])),
  );
  const required = Object.keys(properties).filter((name) => !('default' in properties[name]!));
  return { type: 'object', properties, required, additionalProperties: false };
}

function manifestTask(
  { model, upstreams, fragment }: GraphTask,
  { states, stateOf }: MachineTask,
  decides: Semantics['decides'],
): ManifestTask {
  const { sample } = model.template;
  // Of a call that is the task, alone or with states for when it is given up, the template says what it answers.
  const called = '' in fragment.states && sample !== undefined ? { '': sample } : undefined;
  const samples = fragment.samples ?? called;
  return {
    id: model.id,
    kind: model.kind,
    service: model.template.service,
    ...(model.description !== undefined && { description: model.description }),
    upstreams,
    triggerRule: model.kind === 'teardown' ? 'all_done_setup_success' : model.triggerRule,
    ...(model.skipOn.length > 0 && { skipOn: model.skipOn }),
    ...(model.decision && { decides: decides(model.id) }),
    ...(model.kind === 'teardown' && { setups: model.setups }),
    states,
    ...(samples && {
      samples: Object.fromEntries(Object.entries(samples).map(([step, one]) => [stateOf(step), one])),
    }),
  };
}

function sorted<T>(record: { readonly [name: string]: T }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the phases from 4 on need to know about a DAG beyond the rest of the manifest; read-graph.ts makes a graph from both. */
export function graphOf({ model, tasks }: Graph): ManifestGraph {
  return {
    graphVersion: 1,
    ...(model.failFast && { failFast: true }),
    ...(model.dagrunTimeoutMs !== undefined && { dagrunTimeoutMs: model.dagrunTimeoutMs }),
    tasks: Object.fromEntries([...tasks].map(([id, task]) => [id, workOf(task)])),
  };
}

/** What is as it is without saying is left out. */
function workOf({ model, fragment }: GraphTask): ManifestWork {
  const { retries, retryDelayMs, retryExponentialBackoff, maxRetryDelayMs, retryJitter } = model;
  const { neverRetriedOn: notOn } = fragment;
  return {
    ...(model.onFailureFailDagrun && { onFailureFailDagrun: true }),
    ...(model.executionTimeoutMs !== undefined && { executionTimeoutMs: model.executionTimeoutMs }),
    ...(model.estimateMs && { estimateMs: model.estimateMs }),
    ...(retries > 0 && {
      retry: {
        retries,
        delayMs: retryDelayMs,
        ...(retryExponentialBackoff && { exponential: true }),
        ...(maxRetryDelayMs !== undefined && { maxDelayMs: maxRetryDelayMs }),
        ...(retryJitter && { jitter: true }),
        ...(notOn && { notOn }),
      },
    }),
    ...(model.decision
      ? { decision: model.decision as unknown as Written as never }
      : {
          ...(fragment.start !== '' && { start: fragment.start }),
          states: writeValue(fragment.states) as ManifestWork['states'] & object,
          ...(fragment.variables && { variables: fragment.variables }),
          ...(fragment.output !== undefined && { output: fragment.output }),
        }),
  };
}
