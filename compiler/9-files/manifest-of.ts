import type { Asset, EnvDeclaration, Manifest, ManifestTask, ParamsSchema } from '../../manifest/manifest.ts';
import type { Plan } from '../4-plan/plan-graph.ts';
import { tasksOf } from '../4-plan/tree.ts';
import type { Emission } from '../6-emit/emission.ts';
import { chargesOf } from '../8-describe/cost.ts';
import type { HandedRole } from '../8-describe/policy/roles.ts';
import { graphOf } from './graph/graph-of.ts';

/** What deploy, runs and local need besides the machine. */
export function manifestOf(
  emission: Emission,
  plan: Plan,
  assets: Iterable<Asset>,
  roles: ReadonlyMap<string, HandedRole>,
  transitions: number,
): Manifest {
  const { model } = emission.graph;
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
    params: paramsSchema(emission),
    env: sorted(withRoles(model.env, roles)),
    assets: [...assets],
    tasks: tasksOf(plan.tree).map((id) => manifestTask(emission, id)),
    ...(groups.length > 0 && { groups: groups.sort((a, b) => (a.id < b.id ? -1 : 1)) }),
    ...(barriers.length > 0 && { barriers }),
    cost: chargesOf(emission.graph, transitions),
    graph: graphOf(emission),
  };
}

function withRoles(env: Manifest['env'], roles: ReadonlyMap<string, HandedRole>): { [name: string]: EnvDeclaration } {
  return Object.fromEntries(Object.entries(env).map(([name, one]) => [name, { ...one, ...roles.get(name) }]));
}

function paramsSchema({ graph: { model } }: Emission): ParamsSchema {
  const properties = sorted(
    Object.fromEntries(Object.entries(model.params).map(([name, { schema }]) => [name, schema])),
  );
  const required = Object.keys(properties).filter((name) => !('default' in properties[name]!));
  return { type: 'object', properties, required, additionalProperties: false };
}

function manifestTask(emission: Emission, id: string): ManifestTask {
  const { model, upstreams } = emission.graph.tasks.get(id)!;
  const steps = Object.keys(emission.fragmentOf(id).states);
  const inner = steps.length === 1 ? [] : steps.map((step) => emission.names.stepOf(id, step));
  const { sample } = model.template;
  const samples =
    steps.length > 1 ? emission.fragmentOf(id).samples : sample === undefined ? undefined : { '': sample };
  return {
    id,
    kind: model.kind,
    service: model.template.service,
    ...(model.description !== undefined && { description: model.description }),
    upstreams,
    triggerRule: model.kind === 'teardown' ? 'all_done_setup_success' : model.triggerRule,
    ...(model.skipOn.length > 0 && { skipOn: model.skipOn }),
    ...(model.decision && { decides: emission.outcomes.semantics.decides(id) }),
    ...(model.kind === 'teardown' && { setups: model.setups }),
    states: steps.length === 1 || emission.isWrapped(id) ? [id, ...inner] : inner,
    ...(samples && {
      samples: Object.fromEntries(Object.entries(samples).map(([step, one]) => [emission.names.stepOf(id, step), one])),
    }),
  };
}

function sorted<T>(record: { readonly [name: string]: T }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
