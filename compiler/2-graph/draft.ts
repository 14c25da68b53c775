import { type DagModel, isRole, type Target, type TaskModel } from '../../authoring/internal.ts';
import { type Diagnostic, Stop } from '../../diagnostics/index.ts';
import type { Draft, DraftTask } from './graph.ts';
import { GroupMembers, withChosenGroups, withGroupLinks } from './groups.ts';
import { byId } from './order.ts';
import { plainNames } from './plain-names.ts';
import { uniqueTargets, walkValues } from './walk-values.ts';

/** Gathers every task's dependencies, and what is wrong in the values that it is given. */
export function draftOf(model: DagModel): { draft: Draft; faults: Diagnostic[] } {
  const faults: Diagnostic[] = [];
  const ids = new Set(model.tasks.map(({ id }) => id));
  const tasks = new Map<string, DraftTask>();
  const names = plainNames(model);
  for (const task of [...model.tasks].sort((a, b) => byId(a.id, b.id))) {
    const lowered = lower(model, task, faults);
    const reads: Target[] = [];
    const bare: Target[] = [];
    // A template may give several of its states what it was given once.
    const told = new Set<string>();
    for (const [step, state] of Object.entries(lowered?.states ?? {})) {
      const found = walkValues(
        state,
        `"${task.id}": ${step && `${step}: `}`,
        { task: task.id, place: task.place },
        names,
        told,
      );
      for (const text of found.wrong) told.add(text);
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
  const groups = new GroupMembers(model);
  const linked = withGroupLinks(withBroughtTeardowns(tasks), model, groups);
  return { draft: { model, tasks: withChosenGroups(linked, groups), groups }, faults };
}

function lower(model: DagModel, task: TaskModel, faults: Diagnostic[]) {
  if (typeof task.template?.lower !== 'function') return undefined;
  try {
    const inEnv = (name: string) => isRole(model, name);
    return task.template.lower({ dag: model.id, task: task.id, timeoutSeconds: undefined, isRole: inEnv, width: 1 });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    faults.push(...error.diagnostics);
    return undefined;
  }
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

function readsSetup({ kind, path }: Target, setups: readonly string[]): boolean {
  return kind === 'output' && path[1] !== undefined && setups.includes(path[1]);
}
