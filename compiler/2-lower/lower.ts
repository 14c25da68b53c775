import {
  archiveOfTask,
  type DagModel,
  type Fragment,
  isRole,
  type LoweringContext,
  PLAN_WIDTH,
  type Target,
  type TaskModel,
} from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import { endingGivenUpJobs } from './given-up-jobs.ts';
import { answerOfTypescript } from './typescript-answer.ts';
import { type Found, type PlainNames, plainNames, uniqueTargets, walkValues } from './values.ts';

/** A task by itself: the states that its template makes, and what these read. */
export interface LoweredTask {
  readonly model: TaskModel;
  /** Undefined where the template is at fault. A width in it stays a reference until the DAG is planned. */
  readonly fragment: Fragment | undefined;
  /** The references in its states, each once. */
  readonly reads: readonly Target[];
  /** Those of them that take their value to be there: no default is given for where it is not. */
  readonly bare: readonly Target[];
}

export interface LoweredDag {
  readonly model: DagModel;
  /** By id, in bytewise order of id: the order of declaration means nothing. */
  readonly tasks: ReadonlyMap<string, LoweredTask>;
  /** What is wrong in templates, and in the values that they were given. */
  readonly faults: readonly Diagnostic[];
}

/** Every template's states: the one place where a template's `lower` is called. */
export function lowerDag(model: DagModel): LoweredDag {
  const names = plainNames(model);
  const faults: Diagnostic[] = [];
  const tasks = [...model.tasks]
    .sort((a, b) => byId(a.id, b.id))
    .map((task): [string, LoweredTask] => [task.id, lowerTask(model, task, names, faults)]);
  return { model, tasks: new Map(tasks), faults };
}

/** What a template may know of the task and of the DAG that it is in. */
export function loweringContext(dag: DagModel, { id, executionTimeoutMs, heartbeatMs }: TaskModel): LoweringContext {
  return {
    dag: dag.id,
    task: id,
    timeoutSeconds: executionTimeoutMs === undefined ? undefined : Math.ceil(executionTimeoutMs / 1000),
    heartbeatSeconds: heartbeatMs === undefined ? undefined : Math.ceil(heartbeatMs / 1000),
    isRole: (name) => isRole(dag, name),
    isBucket: (name) => dag.env[name]?.kind === 'bucket',
    answerOf: answerOfTypescript,
    width: PLAN_WIDTH,
  };
}

function lowerTask(dag: DagModel, task: TaskModel, names: PlainNames, faults: Diagnostic[]): LoweredTask {
  const fragment = fragmentOf(dag, task, faults);
  const reads: Target[] = [];
  const bare: Target[] = [];
  // A template may hand one value to several of its states: what is wrong in it is reported once.
  const reported = new Set<string>();
  for (const [step, state] of Object.entries(fragment?.states ?? {})) {
    const at = { task: task.id, place: task.place };
    const found = walkValues(state, `"${task.id}": ${step && `${step}: `}`, at, names, reported);
    for (const text of found.wrong) reported.add(text);
    reads.push(...found.reads);
    bare.push(...found.bare);
    faults.push(...found.faults);
  }
  faults.push(...filesNotBrought(task, reads));
  const code = valuesOfCode(task);
  reads.push(...code.reads);
  // What else is wrong with them is told where the function is packaged.
  faults.push(...code.faults.filter((one) => one.code === 'DAG191'));
  return { model: task, fragment, reads: uniqueTargets(reads), bare: uniqueTargets(bare) };
}

/** Files of the project that the states name, and that the template does not have uploaded. */
function filesNotBrought({ id, place, template }: TaskModel, reads: readonly Target[]): Diagnostic[] {
  const files = new Set(reads.flatMap(({ kind, path }) => (kind === 'asset' ? [`${path[0]}`] : [])));
  return [...files]
    .filter((file) => !template?.assets?.includes(file) && !(template?.jobCode && file === archiveOfTask(id)))
    .map((file) => {
      const detail = `names the file ${JSON.stringify(file)}, which is none of its \`assets\``;
      return diagnose('DAG108', { task: id, kind: `${template?.kind}`, part: 'lower', detail }, { task: id, place });
    });
}

/** What the function that a task brings along is published with; its input stands in the states. */
function valuesOfCode({ id, place, template }: TaskModel): Found {
  const { environment = {}, layers = [], permissions = [], role = '' } = template?.code ?? {};
  return walkValues({ environment, layers, permissions, role }, `"${id}"`, { task: id, place });
}

function fragmentOf(dag: DagModel, task: TaskModel, faults: Diagnostic[]): Fragment | undefined {
  if (typeof task.template?.lower !== 'function') return undefined;
  try {
    const lowered = task.template.lower(loweringContext(dag, task));
    const never = [
      ...(lowered.neverRetriedOn ?? []),
      ...(task.kind === 'setup' ? (task.template.notRetriedOn ?? []) : []),
    ];
    return endingGivenUpJobs(never.length === 0 ? lowered : { ...lowered, neverRetriedOn: never }, task);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    faults.push(...error.diagnostics);
    return undefined;
  }
}

/** Bytewise order of ids, the same on every machine whatever its locale. */
export function byId(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
