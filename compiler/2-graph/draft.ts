import type { DagModel, Link, Target, TaskModel } from '../../authoring/internal.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Draft, DraftTask } from './graph.ts';
import { byId } from './order.ts';
import { uniqueTargets, walkValues } from './walk-values.ts';

/** Gathers every task's dependencies, and what is wrong in the values that it is given. */
export function draftOf(model: DagModel): { draft: Draft; faults: Diagnostic[] } {
  const faults: Diagnostic[] = [];
  const ids = new Set(model.tasks.map(({ id }) => id));
  const tasks = new Map<string, DraftTask>();
  for (const task of [...model.tasks].sort((a, b) => byId(a.id, b.id))) {
    const lowered = lower(model, task);
    const reads: Target[] = [];
    const bare: Target[] = [];
    for (const [step, state] of Object.entries(lowered?.states ?? {})) {
      const found = walkValues(state, `"${task.id}": ${step && `${step}: `}`, { task: task.id, place: task.place });
      reads.push(...found.reads);
      bare.push(...found.bare);
      faults.push(...found.faults);
    }
    const upstreams = new Set([...task.upstreams, ...task.setups]);
    for (const { kind, path } of reads) {
      const source = path[1];
      if (kind === 'output' && path[0] === model.id && source !== undefined && ids.has(source)) upstreams.add(source);
    }
    tasks.set(task.id, {
      model: task,
      fragment: lowered,
      upstreams,
      reads: uniqueTargets(reads),
      bare: uniqueTargets(bare),
    });
  }
  return { draft: { model, tasks: withGroups(withBroughtTeardowns(tasks), model) }, faults };
}

function lower(model: DagModel, task: TaskModel) {
  if (typeof task.template?.lower !== 'function') return undefined;
  return task.template.lower({ dag: model.id, task: task.id, timeoutSeconds: undefined, width: 1 });
}

/** A teardown that a setup's template brought waits for every task that was given the setup's handle. */
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

/**
 * Dependencies on a group are on its first tasks, and of a group on its last ones, teardowns left out.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/setup-and-teardown.html
 */
function withGroups(
  tasks: ReadonlyMap<string, DraftTask>,
  { groups, groupLinks }: DagModel,
): ReadonlyMap<string, DraftTask> {
  if (groupLinks.length === 0) return tasks;
  const result = new Map(tasks);
  const membersOf = new Map(
    groups.map(({ id, members }) => [id, new Set(members.filter((member) => tasks.has(member)))]),
  );
  const isTeardown = (id: string) => tasks.get(id)!.model.kind === 'teardown';
  const ends = (
    { kind, id }: Link['from'],
    pick: (inside: ReadonlySet<string>) => (member: string) => boolean,
  ): string[] => {
    if (kind === 'task') return [id];
    const inside = membersOf.get(id) ?? new Set();
    return [...inside].filter(pick(inside));
  };
  const isFirst = (inside: ReadonlySet<string>) => (id: string) =>
    ![...tasks.get(id)!.upstreams].some((up) => inside.has(up));
  const isLast = (inside: ReadonlySet<string>) => {
    const goesOn = new Set([...inside].filter((id) => !isTeardown(id)).flatMap((id) => [...tasks.get(id)!.upstreams]));
    return (id: string) => !isTeardown(id) && !goesOn.has(id);
  };
  for (const { from, to } of groupLinks) {
    const before = ends(from, isLast);
    for (const id of ends(to, isFirst)) {
      const task = result.get(id);
      if (task) result.set(id, { ...task, upstreams: new Set([...task.upstreams, ...before]) });
    }
  }
  return result;
}

function readsSetup({ kind, path }: Target, setups: readonly string[]): boolean {
  return kind === 'output' && path[1] !== undefined && setups.includes(path[1]);
}
