import { Stop } from '../diagnostics/index.ts';
import { type BranchSpec, branch, type If, ifBranch, type Switch, shortCircuit, switchBranch } from './branches.ts';
import { readFields } from './checks/fields.ts';
import { BRANCH } from './checks/task-spec.ts';
import type { DagBuilder, Group } from './dag-builder.ts';
import { placedElsewhere } from './elsewhere.ts';
import { knownMembers } from './opaque.ts';
import { callSite } from './place.ts';
import type { AnyTask, ShortCircuitSpec, TaskRef, TaskSpec, Tasks, TeardownSpec } from './task.ts';
import { handleInfo } from './task.ts';
import type { Template } from './template.ts';
import { fallbackTemplate } from './template.ts';

/**
 * Where tasks are placed: a DAG, or a group in it.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#taskgroups
 */
export class TaskContainer {
  readonly #builder: DagBuilder;
  /** The groups around it, the outermost first. */
  readonly #groups: readonly Group[];

  constructor(builder: DagBuilder, groups: readonly Group[] = []) {
    this.#builder = builder;
    this.#groups = groups;
  }

  /**
   * Adds a task and returns its handle, with which dependencies are declared and its output is read.
   *
   * @param id letters, digits, "_" and "-"; unique in the DAG
   * @param template what runs the task, from `dagwright/tasks`
   * @example
   * ```ts
   * const invoke = aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'extract' } });
   * const extract = dag.task('extract', invoke, { retries: 2, executionTimeout: '15m' });
   * dag.task('load', invoke).after(extract);
   * ```
   */
  task<O>(id: string, template: Template<O>, spec: TaskSpec = {}): TaskRef<O> {
    return this.#builder.place(this.#join(id), 'task', { template }, spec);
  }

  /**
   * Adds a setup, and the teardown that its template brings, if it brings one. Tasks between the two run only if the setup succeeded.
   *
   * @example
   * ```ts
   * const cluster = dag.setup(
   *   'cluster',
   *   emr.cluster({ release: 'emr-7.5.0', subnet: 'subnet-1', primary: { type: 'm5.xlarge' }, serviceRole: 'emr', instanceProfile: 'emr-ec2' }),
   * );
   * dag.task('clean', emr.spark({ cluster: cluster.output.ClusterId, script: 's3://lake/clean.py' }));
   * ```
   */
  setup<O>(id: string, template: Template<O>, spec: TaskSpec = {}): TaskRef<O> {
    const setup = this.#builder.place<O>(this.#join(id), 'setup', { template }, spec);
    // As it was checked when it was placed.
    const teardown = handleInfo(setup)?.template?.teardown;
    if (teardown && typeof id === 'string')
      this.#builder.place(
        this.#join(`${teardown.prefix}_${id}`),
        'teardown',
        { template: teardown.template(setup) },
        { setups: [setup] },
        { brought: true },
      );
    return setup;
  }

  /**
   * Adds a teardown. It runs when everything upstream has ended, if at least one of its setups succeeded; its failure does not fail the run
   * unless `onFailureFailDagrun` is set.
   *
   * @example
   * ```ts
   * const call = (name: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: name } });
   * const lock = dag.setup('lock', call('lock'));
   * const work = dag.task('work', call('work')).after(lock);
   * dag.teardown('unlock', call('unlock'), { setups: lock }).after(work);
   * ```
   */
  teardown<O>(id: string, template: Template<O>, spec: TeardownSpec = {}): TaskRef<O> {
    return this.#builder.place(this.#join(id), 'teardown', { template }, spec);
  }

  /**
   * Adds a branch: the run continues with the downstream tasks that `choose` returns, as handles or ids, and skips the others. The arrow
   * function is translated to JSONata and never called.
   *
   * @example
   * ```ts
   * const small = dag.task('small', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'small' } }));
   * const large = dag.task('large', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'large' } }));
   * const count = dag.task('count', aws({ service: 'dynamodb', action: 'describeTable', parameters: { TableName: 'orders' } }));
   * dag.branch('size', () => (count.output.Table.ItemCount > 1000 ? large : small)).after(count).before(small, large);
   * ```
   */
  branch(
    id: string,
    choose: () => AnyTask | string | readonly (AnyTask | string)[],
    spec: TaskSpec = {},
  ): TaskRef<string[]> {
    return branch(this.#builder, this.#join(id), choose, spec);
  }

  /**
   * Adds a short circuit: if the predicate is false, everything downstream is skipped, whatever its trigger rules.
   *
   * @example
   * ```ts
   * const check = dag.shortCircuit('this-year', () => dag.logicalDate > '2026-01-01');
   * dag.task('report', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'report' } })).after(check);
   * ```
   */
  shortCircuit(id: string, goOn: () => unknown, spec: ShortCircuitSpec = {}): TaskRef<boolean> {
    return shortCircuit(this.#builder, this.#join(id), goOn, spec);
  }

  /**
   * Adds a branch on a condition: `dag.if(…).then(a).else(b)`.
   *
   * @example
   * ```ts
   * const invoke = (name: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: name } });
   * const count = dag.task('count', aws({ service: 'dynamodb', action: 'describeTable', parameters: { TableName: 'orders' } }));
   * dag
   *   .if(() => count.output.Table.ItemCount > 0)
   *   .then(dag.task('load', invoke('load')))
   *   .else(dag.task('warn', invoke('warn')));
   * ```
   */
  if(condition: () => unknown, spec: BranchSpec = {}): If {
    return ifBranch(this.#builder, condition, this.#named('if', spec));
  }

  /**
   * Adds a branch on the value of an expression: `dag.switch(…).case(v, a).default(b)`.
   *
   * @example
   * ```ts
   * const call = (name: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: name } });
   * const table = dag.task('table', aws({ service: 'dynamodb', action: 'describeTable', parameters: { TableName: 'orders' } }));
   * dag
   *   .switch(() => table.output.Table.TableStatus as string)
   *   .case('ACTIVE', dag.task('load', call('load')))
   *   .default(dag.task('warn', call('warn')));
   * ```
   */
  switch<V extends string | number>(value: () => V, spec: BranchSpec = {}): Switch<V> {
    return switchBranch(this.#builder, value, this.#named('switch', spec));
  }

  /**
   * Creates a group. The ids of its tasks begin with the group's id; a dependency on the group is one on its first or its last tasks.
   *
   * @example
   * ```ts
   * const ingest = dag.taskGroup('ingest');
   * const load = (name: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: name } });
   * ingest.task('orders', load('orders')); // its id is `ingest.orders`
   * ingest.task('customers', load('customers'));
   * dag.task('report', load('report')).after(ingest);
   * ```
   */
  taskGroup(id: string, ...rest: readonly never[]): TaskGroup {
    const where = { owner: typeof id === 'string' ? id : 'taskGroup', field: '', at: { place: callSite() } };
    const kind = { instead: 'nothing: a group has an id, and nothing else' };
    for (const given of rest) this.#builder.faults.push(...readFields(given, {}, kind, where).faults);
    return new TaskGroup(this.#builder, this.#groups, id);
  }

  #join(id: string): string {
    const full = this.#prefixed(id);
    this.#enrol(full);
    return full;
  }

  /** The id with the group's id before it. An id that is not a string is reported when the task is added. */
  #prefixed(id: string): string {
    const inner = this.#groups.at(-1);
    return inner && typeof id === 'string' ? `${inner.id}.${id}` : id;
  }

  #enrol(id: string): void {
    for (const group of this.#groups) group.members.push(id);
  }

  #named(owner: string, spec: unknown): Parameters<typeof ifBranch>[2] {
    const at = { place: callSite() };
    const { fields, faults } = readFields<BranchSpec>(
      spec,
      BRANCH,
      { instead: "`{ id: 'choose' }`" },
      { owner, field: '', at },
    );
    this.#builder.faults.push(...faults);
    return { id: fields.id, group: this.#groups.at(-1)?.id, enrol: (full) => this.#enrol(full), ...at };
  }
}

export class TaskGroup extends TaskContainer implements AnyTask {
  readonly id: string;

  constructor(builder: DagBuilder, around: readonly Group[], own: string) {
    const group = builder.group(own, around.at(-1));
    super(builder, [...around, group]);
    const { id } = group;
    this.id = id;
    builder.handle(() => ({ kind: 'group', id }), this, { kind: 'group' });
  }

  /** The group's first tasks wait for these. */
  declare after: (...tasks: Tasks) => this;
  /** These wait for the group's last tasks, teardowns left out. */
  declare before: (...tasks: Tasks) => this;
}

// A misspelt member would be undefined, and become the text "undefined".
Object.setPrototypeOf(
  TaskContainer.prototype,
  knownMembers(
    'dag',
    (it) => (it instanceof TaskGroup ? `The group "${it.id}"` : 'The DAG'),
    (it) => [
      ...Object.keys(it),
      ...Object.getOwnPropertyNames(TaskContainer.prototype).filter((key) => key !== 'constructor'),
    ],
    unknownMember,
  ),
);

/** `dag.python('load', …)` is reported; the task is added nevertheless, so that its dependents do not cause further errors. */
function unknownMember(here: object, key: string): unknown {
  const places = placedElsewhere(key);
  if (places === undefined) return undefined;
  return (given: unknown, work?: Template) => {
    const named = given as { readonly id?: unknown; readonly taskId?: unknown; readonly task_id?: unknown } | undefined;
    const id = typeof given === 'string' ? given : (named?.id ?? named?.taskId ?? named?.task_id);
    if (typeof id !== 'string') throw new Stop([]);
    return places === 'task'
      ? (here as TaskContainer).task(id, typeof work?.lower === 'function' ? work : fallbackTemplate(key))
      : (here as TaskContainer).taskGroup(id);
  };
}
