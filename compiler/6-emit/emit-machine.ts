import type { Json } from '../../asl/json/value.ts';
import type { Fragment } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { Plan } from '../4-plan/plan-graph.ts';
import type { Outcomes } from '../5-outcomes/outcomes.ts';
import type { Emission } from './emission.ts';
import { endStates } from './end-states.ts';
import { isFieldName } from './field-names.ts';
import { inputStates } from './input-states.ts';
import { commentText } from './jsonata-text.ts';
import { LiveOutputs } from './live-outputs.ts';
import { Names, SUCCEED } from './names.ts';
import type { DeployVocabulary } from './resolve.ts';
import { leadsTo, scopeStates } from './scope-states.ts';
import { plannedFragments } from './widths.ts';
import { wrappedTasks } from './wrapped.ts';

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
  const succeeds = StartAt === SUCCEED || Object.values(States).some((state) => leadsTo(state, SUCCEED));
  const { model } = graph;
  const definition = {
    ...(model.description !== undefined && { Comment: commentText(model.description) }),
    QueryLanguage: 'JSONata',
    StartAt: start,
    ...(model.dagrunTimeoutMs !== undefined && { TimeoutSeconds: Math.ceil(model.dagrunTimeoutMs / 1000) }),
    States: {
      ...states,
      ...States,
      ...endStates(emission, succeeds),
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
  const fragments = plannedFragments(graph, plan.tree);
  const taken = [...fragments.values()].flatMap(({ variables }) => variables ?? []);
  const outputs = new LiveOutputs(graph, outcomes, taken);
  const words: DeployVocabulary = { assetKey };
  const isText = (param: string) => {
    const { schema } = graph.model.params[param]!;
    return schema.type === 'string' || Array.isArray(schema.enum);
  };
  const fragmentOf = (task: string) => fragments.get(task) as Fragment;
  const wrapped = wrappedTasks(graph, outcomes.body, fragmentOf);
  return {
    graph,
    outcomes,
    names: new Names(graph, outcomes.body, (task) => wrapped.has(task)),
    outputs,
    words,
    wordsOf: (reader) => ({
      ...words,
      isText,
      isName: (target, at) => isFieldName(graph, fragmentOf, target, at),
      variable: (task) => outputs.seenBy(reader, task),
      mayBeNull: (task) => outputs.mayBeNull(reader, task),
    }),
    fragmentOf,
    isWrapped: (task) => wrapped.has(task),
  };
}
