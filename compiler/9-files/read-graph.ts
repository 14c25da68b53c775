import {
  type DagModel,
  decisionTargets,
  type Fragment,
  type TaskKind,
  type TaskModel,
  type TriggerRule,
  template,
  unboundReference,
} from '../../authoring/internal.ts';
import type { Manifest, ManifestGraph, ManifestTask, ManifestWork } from '../../manifest/manifest.ts';
import { readValue } from '../../manifest/written-value.ts';
import { byId } from '../2-lower/lower.ts';
import { uniqueTargets, walkValues } from '../2-lower/values.ts';
import type { Graph, GraphTask } from '../3-graph/graph.ts';

/**
 * The checked graph that a manifest was made from, as far as the phases from 4 on use it: they make the same machine from both, to the byte.
 * Its tasks' fragments are those of the plan that was compiled: they contain what a template made of the plan's width or of a timeout.
 */
export function readGraph(manifest: Manifest & { readonly graph: ManifestGraph }): Graph {
  const works = manifest.graph.tasks;
  const tasks = [...manifest.tasks].sort((a, b) => byId(a.id, b.id));
  const downstreams = new Map<string, string[]>(tasks.map(({ id }) => [id, []]));
  for (const { id, upstreams } of tasks) for (const up of upstreams) downstreams.get(up)?.push(id);
  const checked = tasks.map((task): [string, GraphTask] => {
    const fragment = fragmentOf(works[task.id]!);
    const { reads, bare } = walkValues(fragment.states, '', {});
    return [
      task.id,
      {
        model: taskModel(task, works[task.id]!, fragment),
        fragment,
        upstreams: task.upstreams,
        downstreams: downstreams.get(task.id)!,
        reads: uniqueTargets(reads),
        bare: uniqueTargets(bare),
      },
    ];
  });
  return {
    model: dagModel(
      manifest,
      checked.map(([, { model }]) => model),
    ),
    tasks: new Map(checked),
  };
}

/** A decision has no states of its own; what it reads is walked all the same. */
function fragmentOf({ decision, start = '', states, variables, output, retry }: ManifestWork): Fragment {
  if (decision !== undefined) {
    const reads = decisionTargets(decision).map(unboundReference);
    return { start: '', states: { '': { Type: 'Choice', reads } } };
  }
  return {
    start,
    states: readValue(states!) as Fragment['states'],
    ...(variables && { variables }),
    ...(output !== undefined && { output }),
    ...(retry?.notOn && { neverRetriedOn: retry.notOn }),
  };
}

function taskModel(task: ManifestTask, work: ManifestWork, fragment: Fragment): TaskModel {
  const { retry } = work;
  return {
    id: task.id,
    kind: task.kind as TaskKind,
    template: template({
      service: task.service,
      kind: task.service,
      lower: () => fragment,
      permissions: () => [],
    }),
    decision: work.decision,
    upstreams: task.upstreams,
    setups: task.setups ?? [],
    brought: false,
    onFailureFailDagrun: work.onFailureFailDagrun ?? false,
    retries: retry?.retries ?? 0,
    retryDelayMs: retry?.delayMs ?? 0,
    retryExponentialBackoff: retry?.exponential ?? false,
    maxRetryDelayMs: retry?.maxDelayMs,
    retryJitter: retry?.jitter ?? false,
    executionTimeoutMs: work.executionTimeoutMs,
    // The states have it already.
    heartbeatMs: undefined,
    triggerRule: (task.kind === 'teardown' ? 'all_success' : task.triggerRule) as TriggerRule,
    skipOn: task.skipOn ?? [],
    estimateMs: work.estimateMs,
    description: task.description,
    place: undefined,
  };
}

function dagModel(manifest: Parameters<typeof readGraph>[0], tasks: readonly TaskModel[]): DagModel {
  const { dag, description, schedule, timezone, startDate, endDate, catchup, tags, env, params, groups, graph } =
    manifest;
  return {
    id: dag,
    description,
    schedule,
    timezone,
    startDate,
    endDate,
    catchup,
    tags,
    dagrunTimeoutMs: graph.dagrunTimeoutMs,
    env,
    params: Object.fromEntries(Object.entries(params.properties).map(([name, schema]) => [name, { schema }])),
    tasks,
    groups: (groups ?? []).map((group) => ({ id: group.id, members: group.tasks, place: undefined })),
    groupLinks: [],
    failFast: graph.failFast ?? false,
    faults: [],
    place: undefined,
  };
}
