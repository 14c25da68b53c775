import type { Fragment, Target } from '../../authoring/internal.ts';
import { type Diagnostic, isError, Stop } from '../../diagnostics/index.ts';
import { byId, type LoweredDag } from '../2-lower/lower.ts';
import type { Draft, DraftTask, Graph, GraphTask } from './graph.ts';
import { GroupMembers, withChosenGroups, withGroupLinks } from './groups.ts';
import { RULES } from './rules/index.ts';

export interface Examined {
  readonly draft: Draft;
  /** Every error and every warning of the graph phase. */
  readonly found: readonly Diagnostic[];
}

/** A DAG's dependencies, and everything that is wrong with it so far. */
export function examine(lowered: LoweredDag): Examined {
  const draft = draftOf(lowered);
  const found = [...lowered.model.faults, ...lowered.faults];
  const isComplete = !found.some(isError);
  // What is at fault in a task may have held its dependencies.
  const ofGraph = RULES.flatMap((rule) => rule(draft)).filter(({ code }) => isComplete || code !== 'DAG029');
  return { draft, found: [...found, ...ofGraph] };
}

/**
 * From lowered tasks to a sound graph. All faults are reported at once.
 * @throws Stop with every error of the DAG; warnings are returned beside the graph.
 */
export function checkGraph(lowered: LoweredDag): { graph: Graph; warnings: readonly Diagnostic[] } {
  const { draft, found } = examine(lowered);
  if (found.some(isError)) throw new Stop(found);
  return { graph: graphOf(draft), warnings: found };
}

/** The graph of a draft of which nothing is in doubt. */
export function graphOf({ model, tasks }: Draft): Graph {
  const downstreams = new Map<string, string[]>([...tasks.keys()].map((id) => [id, []]));
  for (const [id, { upstreams }] of tasks) for (const upstream of upstreams) downstreams.get(upstream)!.push(id);
  const checked = [...tasks].map(([id, task]): [string, GraphTask] => [
    id,
    {
      ...task,
      // Nothing is in doubt, so that each template made its states.
      fragment: task.fragment as Fragment,
      upstreams: [...task.upstreams].sort(byId),
      downstreams: downstreams.get(id)!.sort(byId),
    },
  ]);
  return { model, tasks: new Map(checked) };
}

/** Gathers every task's dependencies: declared ones, those on the outputs that it reads, those on groups and those of brought teardowns. */
export function draftOf({ model, tasks: lowered }: LoweredDag): Draft {
  const tasks = new Map<string, DraftTask>();
  for (const [id, task] of lowered) {
    const upstreams = new Set([...task.model.upstreams, ...task.model.setups]);
    for (const { kind, path } of task.reads) {
      const source = path[1];
      if (kind === 'output' && path[0] === model.id && source !== undefined && lowered.has(source))
        upstreams.add(source);
    }
    tasks.set(id, { ...task, upstreams });
  }
  const groups = new GroupMembers(model);
  const linked = withGroupLinks(withBroughtTeardowns(tasks), model, groups);
  return { model, tasks: withChosenGroups(linked, groups), groups };
}

/** A teardown that a setup's template brought waits for every task that reads the setup's output. */
function withBroughtTeardowns(tasks: ReadonlyMap<string, DraftTask>): Map<string, DraftTask> {
  const result = new Map(tasks);
  for (const [id, task] of tasks) {
    if (!task.model.brought) continue;
    const users = [...tasks.values()].filter(
      ({ model, reads }) => model.id !== id && reads.some((r) => readsSetup(r, task.model.setups)),
    );
    result.set(id, { ...task, upstreams: new Set([...task.upstreams, ...users.map(({ model }) => model.id)]) });
  }
  return result;
}

function readsSetup({ kind, path }: Target, setups: readonly string[]): boolean {
  return kind === 'output' && path[1] !== undefined && setups.includes(path[1]);
}

/** Faults in values, calls and expressions: to mend one changes no trigger rule, and no dependency but those of what is read. */
const OF_VALUES = codes('DAG011 DAG013 DAG014 DAG015 DAG020 DAG071 DAG072 DAG074 DAG102 DAG103 DAG105 DAG155 DAG191');
const OF_CALLS = codes('DAG108 DAG115 DAG116 DAG117 DAG118 DAG119 DAG120 DAG122');
const OF_EXPRESSIONS = codes(
  'DAG040 DAG041 DAG042 DAG043 DAG044 DAG045 DAG046 DAG047 DAG048 DAG049 DAG050 DAG051 DAG052 DAG053 DAG054 DAG055 DAG056 DAG057 DAG070',
);
const OF_DECLARATIONS = codes('DAG089 DAG090 DAG091 DAG092 DAG093 DAG094 DAG095 DAG096 DAG097 DAG098');
/** Faults in an object's fields: one of them may be the rule, or the errors that a task is skipped on. */
const OF_FIELDS = codes('DAG006 DAG085 DAG086 DAG087 DAG088 DAG099 DAG100 DAG101');

function codes(list: string): readonly string[] {
  return list.split(' ');
}

const HARMLESS: ReadonlySet<string> = new Set([...OF_VALUES, ...OF_CALLS, ...OF_EXPRESSIONS, ...OF_DECLARATIONS]);
const FIELDS: ReadonlySet<string> = new Set(OF_FIELDS);

/** Whether dependencies and trigger rules are known in spite of the faults, so that the outcomes of tasks can be decided. */
export function isStructured({ model, tasks }: Draft, found: readonly Diagnostic[]): boolean {
  const isOfDag = ({ task, place }: Diagnostic) =>
    task === undefined && JSON.stringify(place) === JSON.stringify(model.place);
  const errors = found.filter(isError);
  return (
    errors.every((one) => HARMLESS.has(one.code) || (FIELDS.has(one.code) && !isOfDag(one))) &&
    [...tasks.values()].every(
      ({ model: { kind, decision }, fragment }) =>
        fragment !== undefined && (decision !== undefined || (kind !== 'branch' && kind !== 'short_circuit')),
    )
  );
}

/** The tasks whose own trigger rule may be another one when the faults are mended, and every task downstream of them. */
export function inDoubt({ tasks }: Graph, found: readonly Diagnostic[]): ReadonlySet<string> {
  const doubtful = new Set(
    found.flatMap((one) => (isError(one) && FIELDS.has(one.code) && one.task !== undefined ? [one.task] : [])),
  );
  for (const id of doubtful) for (const down of tasks.get(id)?.downstreams ?? []) doubtful.add(down);
  return doubtful;
}
