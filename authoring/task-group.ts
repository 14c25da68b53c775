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

  /** Places a task. */
  task<O>(id: string, template: Template<O>, spec: TaskSpec = {}): TaskRef<O> {
    return this.#builder.place(this.#join(id), 'task', { template }, spec);
  }

  /** Places a setup, and the teardown that its template brings, if any. Everything between the two needs the setup to have succeeded. */
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

  /** Places a teardown: it runs when everything before it is done, if one of its setups succeeded, and its failure fails no run. */
  teardown<O>(id: string, template: Template<O>, spec: TeardownSpec = {}): TaskRef<O> {
    return this.#builder.place(this.#join(id), 'teardown', { template }, spec);
  }

  /** Places a branch: `choose` answers the tasks right downstream, or their ids, that the run goes on with. */
  branch(
    id: string,
    choose: () => AnyTask | string | readonly (AnyTask | string)[],
    spec: TaskSpec = {},
  ): TaskRef<string[]> {
    return branch(this.#builder, this.#join(id), choose, spec);
  }

  /** Places a short circuit: where the predicate does not hold, everything behind it is skipped, whatever its rules. */
  shortCircuit(id: string, goOn: () => unknown, spec: ShortCircuitSpec = {}): TaskRef<boolean> {
    return shortCircuit(this.#builder, this.#join(id), goOn, spec);
  }

  /** `dag.if(…).then(a).else(b)`: a branch. */
  if(condition: () => unknown, spec: BranchSpec = {}): If {
    return ifBranch(this.#builder, condition, this.#named('if', spec));
  }

  /** `dag.switch(…).case(v, a).default(b)`: a branch. */
  switch<V extends string | number>(value: () => V, spec: BranchSpec = {}): Switch<V> {
    return switchBranch(this.#builder, value, this.#named('switch', spec));
  }

  /** A group of tasks: their ids begin with its own, and dependencies on it are on its first or its last tasks. */
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

  /** With the group's id before it; what is no text is told where it is placed. */
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

/** `dag.python('load', …)` is told; the task stands there all the same, so that what depends on it is no second mistake. */
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
