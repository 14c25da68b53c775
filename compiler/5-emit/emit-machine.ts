import type { Json } from '../../asl/json.ts';
import type { Fragment, LoweringContext } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { Graph } from '../2-graph/graph.ts';
import type { Plan } from '../3-plan/plan-graph.ts';
import type { Item, Outcomes, Scope } from '../4-outcomes/outcomes.ts';
import type { Emission } from './emission.ts';
import { endStates } from './end-states.ts';
import { inputStates } from './input-states.ts';
import { Names } from './names.ts';
import type { Vocabulary } from './resolve.ts';
import { scopeStates } from './scope-states.ts';
import { SUCCEED } from './transition.ts';
import { widthOf } from './widths.ts';

export interface Machine {
  /** The state machine as it is written. */
  readonly definition: { readonly [field: string]: Json };
  readonly emission: Emission;
}

/**
 * From the plan and its outcomes to the state machine.
 * @throws Stop where states of several tasks would have one name
 */
export function emitMachine(graph: Graph, plan: Plan, outcomes: Outcomes, assetKey: (path: string) => string): Machine {
  const emission = emissionOf(graph, plan, outcomes, assetKey);
  const { StartAt, States } = scopeStates(emission, outcomes.body);
  const { start, states } = inputStates(graph, StartAt);
  const collisions = collisionsOf(emission);
  if (collisions.length > 0) throw new Stop(collisions);
  const text = JSON.stringify(States);
  const { model } = graph;
  const definition = {
    ...(model.description !== undefined && { Comment: model.description }),
    QueryLanguage: 'JSONata',
    StartAt: start,
    ...(model.dagrunTimeoutMs !== undefined && { TimeoutSeconds: Math.ceil(model.dagrunTimeoutMs / 1000) }),
    States: {
      ...states,
      ...States,
      ...endStates(emission, (name) => name === SUCCEED && text.includes(`:"${SUCCEED}"`)),
    },
  };
  return { definition, emission };
}

/** One a group of tasks: their ids are alike so far that all their states' names collide. */
function collisionsOf({ graph, names }: Emission): Diagnostic[] {
  const groups = new Map(names.collisions().map(({ name, owners }) => [owners.join('\n'), { name, owners }]));
  return [...groups.values()].map(({ name, owners }) => {
    const last = owners.at(-1) as string;
    return diagnose('DAG036', { name, tasks: owners }, { task: last, place: graph.tasks.get(last)?.model.place });
  });
}

function emissionOf(graph: Graph, plan: Plan, outcomes: Outcomes, assetKey: (path: string) => string): Emission {
  const fragments = new Map<string, Fragment>();
  const reads = new Map<string, string[][]>();
  const readers = new Map<string, string[]>();
  for (const [id, task] of graph.tasks) {
    const { template } = task.model;
    fragments.set(id, template.lower(loweringContext(graph, plan, id)));
    for (const { kind, path } of task.reads) {
      if (kind !== 'output') continue;
      const source = path[1] as string;
      reads.set(source, [...(reads.get(source) ?? []), path.slice(2)]);
      readers.set(source, [...new Set([...(readers.get(source) ?? []), id])]);
    }
  }
  const names = new Names(
    graph,
    outcomes.body,
    [...fragments.values()].flatMap(({ variables }) => variables ?? []),
  );
  const words: Vocabulary = {
    assetKey,
    variable: (task) => names.variableOf(task),
    isText: (param) => {
      const { schema } = graph.model.params[param]!;
      return schema.type === 'string' || Array.isArray(schema.enum);
    },
  };
  const caught = new Set(
    itemsOf(outcomes.body).flatMap((item) => (item.kind === 'task' && (item.failed ?? item.skipped) ? [item.id] : [])),
  );
  return {
    graph,
    outcomes,
    names,
    words,
    fragmentOf: (task) => fragments.get(task) as Fragment,
    read: [...reads.keys()].sort(),
    readsOf: (task) => reads.get(task) ?? [],
    readersOf: (task) => readers.get(task) ?? [],
    isCaught: (task) => caught.has(task),
  };
}

/** What a template may ask when it makes its states. The width is counted only where a template asks for it. */
export function loweringContext(graph: Graph, plan: Plan, id: string): LoweringContext {
  const { executionTimeoutMs } = graph.tasks.get(id)!.model;
  return {
    dag: graph.model.id,
    task: id,
    timeoutSeconds: executionTimeoutMs === undefined ? undefined : Math.ceil(executionTimeoutMs / 1000),
    get width() {
      return widthOf(graph, plan.tree, id);
    },
  };
}

function itemsOf({ items }: Scope): Item[] {
  return items.flatMap((item) => [item, ...(item.kind === 'parallel' ? item.branches.flatMap(itemsOf) : [])]);
}
