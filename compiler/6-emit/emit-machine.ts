import type { State, StateMachine } from '../../asl/language/types.ts';
import { remembered } from '../../asl/remembered.ts';
import type { Decision } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { Graph } from '../3-graph/graph.ts';
import { endedWithin, type Outcomes, type ParallelItem, type Scope } from '../5-outcomes/outcomes.ts';
import type { Emission } from './emission.ts';
import { isFieldName, isTextParam } from './field-names.ts';
import { inOrder, type NamedStates } from './field-order.ts';
import { inputStates } from './input-states.ts';
import { commentText, computed } from './jsonata-text.ts';
import { LiveOutputs, type Parts } from './output-liveness.ts';
import { conditionText } from './record-conditions.ts';
import { type DeployVocabulary, jsonataOf } from './resolve.ts';
import { leadsTo, scopeStates } from './scope-states.ts';
import { CHECK, FAIL, Names, SUCCEED } from './state-names.ts';
import { wrappedTasks } from './task-scopes.ts';

/** A state machine, and what later phases tell of how it was made. */
export interface Machine {
  readonly definition: StateMachine;
  /** Every task of the DAG, by id. */
  readonly tasks: ReadonlyMap<string, MachineTask>;
  /** The task that each of the tasks' states belongs to, by the state's name. */
  readonly owners: ReadonlyMap<string, string>;
  /** The Parallels out of whose branches outputs are carried, outer ones first. */
  readonly carried: readonly CarriedOutputs[];
  /** For each task whose output is read, the variable that holds it in the machine's own scope. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Where a task is found in the machine. */
export interface MachineTask {
  /** The names of its states: the one that bears its id first, then those of its template's steps. */
  readonly states: readonly string[];
  /** The name of the state that a step of its template has become. */
  stateOf(step: string): string;
  /** What a branch or a short circuit decides by, in JSONata and in the order of its cases. */
  readonly conditions: readonly string[];
}

/** What leaves the branches of a Parallel because a task behind it reads it. */
export interface CarriedOutputs {
  readonly parallel: string;
  readonly outputs: readonly { readonly task: string; readonly parts: Parts }[];
}

/**
 * From the plan's outcomes to the state machine.
 * @param assetKey the key of a project's file below `${assets}/`
 * @throws Stop where states of several tasks would have one name
 */
export function emitMachine(graph: Graph, outcomes: Outcomes, assetKey: (path: string) => string): Machine {
  const emission = emissionOf(graph, outcomes, { assetKey });
  const { StartAt, States } = scopeStates(emission, outcomes.body);
  const { start, states } = inputStates(graph, StartAt);
  const collisions = collisionsOf(emission);
  if (collisions.length > 0) throw new Stop(collisions);
  const succeeds = StartAt === SUCCEED || Object.values<State>(States).some((state) => leadsTo(state, SUCCEED));
  const { model } = graph;
  const definition: StateMachine = {
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
  const { outputs } = emission;
  const tasks = new Map([...graph.tasks.keys()].map((id) => [id, machineTask(emission, id)]));
  return {
    definition,
    tasks,
    owners: new Map([...tasks].flatMap(([id, task]) => task.states.map((state) => [state, id] as const))),
    carried: parallelsOf(outcomes.body).flatMap((item) => carriedOut(emission, item)),
    variables: new Map(outputs.read.map((task) => [task, outputs.seenFrom([], task)])),
  };
}

/** One a group of tasks: their ids are alike so far that all their states' names collide. */
function collisionsOf({ graph, names }: Emission): Diagnostic[] {
  const groups = new Map(names.collisions().map(({ name, owners }) => [owners.join('\n'), { name, owners }]));
  return [...groups.values()].map(({ name, owners }) => {
    const last = owners.at(-1) as string;
    return diagnose('DAG036', { name, tasks: owners }, { task: last, place: graph.tasks.get(last)?.model.place });
  });
}

function emissionOf(graph: Graph, outcomes: Outcomes, words: DeployVocabulary): Emission {
  const taken = [...graph.tasks.values()].flatMap(({ fragment }) => fragment.variables ?? []);
  const outputs = new LiveOutputs(graph, outcomes, taken);
  const fragmentOf = (task: string) => graph.tasks.get(task)!.fragment;
  const wrapped = wrappedTasks(graph, outcomes.body, fragmentOf);
  const names = new Names(graph, outcomes.body, (task) => wrapped.has(task));
  const ended = new Map<Scope, ReadonlySet<string>>();
  return {
    graph,
    outcomes,
    names,
    endedWithin(scope) {
      const known = ended.get(scope) ?? endedWithin(scope);
      ended.set(scope, known);
      return known;
    },
    outputs,
    wordsOf: remembered((reader) => ({
      ...words,
      stateOf: (step) => names.stepOf(reader, step),
      isText: (param) => isTextParam(graph, param),
      isName: (target, at) => isFieldName(graph, fragmentOf, target, at),
      variable: (task) => outputs.seenBy(reader, task),
      mayBeNull: (task) => outputs.mayBeNull(reader, task),
    })),
    fragmentOf,
    isWrapped: (task) => wrapped.has(task),
  };
}

function machineTask(e: Emission, id: string): MachineTask {
  const { model, fragment } = e.graph.tasks.get(id)!;
  const steps = Object.keys(fragment.states);
  const stateOf = (step: string) => e.names.stepOf(id, step);
  const inner = steps.length === 1 ? [] : steps.map(stateOf);
  return {
    states: steps.length === 1 || e.isWrapped(id) ? [id, ...inner] : inner,
    stateOf,
    conditions: conditionsOf(model.decision).map((condition) => jsonataOf(condition, e.wordsOf(id))),
  };
}

function conditionsOf(decision: Decision | undefined): Parameters<typeof jsonataOf>[0][] {
  switch (decision?.kind) {
    case 'test':
      return [decision.goOn];
    case 'computed':
      return [decision.chosen];
    case 'cases':
      return decision.cases.map(({ when }) => when);
    default:
      return [];
  }
}

function parallelsOf({ items }: Scope): ParallelItem[] {
  return items.flatMap((item) => (item.kind === 'parallel' ? [item, ...item.branches.flatMap(parallelsOf)] : []));
}

function carriedOut({ names, outputs }: Emission, item: ParallelItem): CarriedOutputs[] {
  const leaving = item.branches.flatMap(({ path }) =>
    outputs.leaving(path).map((task) => ({ task, parts: outputs.partsBeyond(task, path) })),
  );
  return leaving.length === 0 ? [] : [{ parallel: names.of(item), outputs: leaving }];
}

/**
 * The states at the machine's end: whether the run failed, where that depends on the run, and its two ends.
 * @param succeeds whether a state goes on to the one for success: most end by themselves
 */
export function endStates(e: Emission, succeeds: boolean): NamedStates {
  const { check, fails } = e.outcomes;
  const list = `$${e.names.listOf([])}`;
  return {
    ...(check && {
      [CHECK]: inOrder({
        Type: 'Choice',
        Choices: [{ Condition: computed(conditionText(e, check, [])), Next: FAIL }],
        Default: SUCCEED,
      }),
    }),
    // The error of the first task that failed, in plan order; the cause names them all.
    ...(fails && {
      [FAIL]: inOrder({
        Type: 'Fail',
        Error: computed(`(${list}[state = 'failed'])[0].error`),
        Cause: computed(`$string([${list}[state = 'failed']])`),
      }),
    }),
    ...((check || succeeds) && { [SUCCEED]: inOrder({ Type: 'Succeed' }) }),
  };
}
