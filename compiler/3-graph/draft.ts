import type { Target } from '../../authoring/internal.ts';
import type { LoweredDag } from '../2-lower/lower.ts';
import type { Draft, DraftTask } from './graph.ts';
import { GroupMembers, withChosenGroups, withGroupLinks } from './groups.ts';

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
