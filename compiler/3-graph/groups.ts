import type { DagModel, Decision, Link } from '../../authoring/internal.ts';
import { byId } from '../2-lower/lower.ts';
import type { DraftTask } from './graph.ts';

type Tasks = ReadonlyMap<string, DraftTask>;

/** Which tasks are in which group, those of the groups within it among them. */
export class GroupMembers {
  /** In the order of the groups' ids. */
  readonly ids: readonly string[];
  readonly #members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of each task the groups that it is in. */
  readonly #around = new Map<string, string[]>();

  constructor({ groups, tasks }: DagModel) {
    this.ids = groups.map(({ id }) => id).sort(byId);
    const placed = new Set(tasks.map(({ id }) => id));
    this.#members = new Map(groups.map(({ id, members }) => [id, new Set(members.filter((one) => placed.has(one)))]));
    for (const [group, members] of this.#members)
      for (const id of members) this.#around.set(id, [...(this.#around.get(id) ?? []), group]);
  }

  has(id: string): boolean {
    return this.#members.has(id);
  }

  of(id: string): ReadonlySet<string> {
    return this.#members.get(id) ?? new Set();
  }

  /** The groups that a task, or a group, is in. A group's id begins with those of the groups around it. */
  around({ kind, id }: Link['from']): readonly string[] {
    return kind === 'task' ? (this.#around.get(id) ?? []) : this.ids.filter((group) => id.startsWith(`${group}.`));
  }

  /** The tasks of a group that wait for no other task of it. */
  firstOf(id: string, tasks: Tasks): string[] {
    const inside = this.of(id);
    return [...inside].filter((one) => ![...tasks.get(one)!.upstreams].some((up) => inside.has(up)));
  }

  /** The tasks of a group for which no other task of it waits, teardowns left out. */
  lastOf(id: string, tasks: Tasks): string[] {
    const work = [...this.of(id)].filter((one) => tasks.get(one)!.model.kind !== 'teardown');
    const goesOn = new Set(work.flatMap((one) => [...tasks.get(one)!.upstreams]));
    return work.filter((one) => !goesOn.has(one));
  }
}

/**
 * Dependencies on a group are on its first tasks, and of a group on its last ones, teardowns left out.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/setup-and-teardown.html
 */
export function withGroupLinks(tasks: Tasks, { groupLinks }: DagModel, groups: GroupMembers): Tasks {
  const result = new Map(tasks);
  for (const { from, to } of innermostFirst(groupLinks, groups)) {
    // A group linked with what is in it is refused (rules/groups.ts).
    if (groups.around(from).includes(to.id) || groups.around(to).includes(from.id)) continue;
    const before = from.kind === 'task' ? [from.id] : groups.lastOf(from.id, result);
    for (const id of to.kind === 'task' ? [to.id] : groups.firstOf(to.id, result)) {
      const task = result.get(id);
      if (task) result.set(id, { ...task, upstreams: new Set([...task.upstreams, ...before]) });
    }
  }
  return result;
}

/** Links within a group determine which of its tasks are the first and the last ones, so that they come before links of the group itself. */
function innermostFirst(links: readonly Link[], groups: GroupMembers): readonly Link[] {
  const depth = ({ from, to }: Link) => {
    const others = new Set(groups.around(to));
    return groups.around(from).filter((group) => others.has(group)).length;
  };
  return links
    .map((link) => ({ link, depth: depth(link) }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ link }) => link);
}

/** Adds to each branch's decision which of the tasks right downstream of it go on where it chooses a group. */
export function withChosenGroups(tasks: Tasks, groups: GroupMembers): Tasks {
  if (groups.ids.length === 0) return tasks;
  const result = new Map(tasks);
  const downstreams = downstreamsOf(tasks);
  for (const [id, task] of tasks) {
    const { decision } = task.model;
    if (decision === undefined || decision.kind === 'test') continue;
    const chosen = decision.kind === 'cases' ? chosenIds(decision) : groups.ids;
    const known = chosen
      .filter((one) => groups.has(one) && !tasks.has(one))
      .map((one): [string, string[]] => [one, followedOf(id, groups.of(one), groups.firstOf(one, tasks), downstreams)])
      .filter(([, followed]) => followed.length > 0);
    if (known.length > 0)
      result.set(id, {
        ...task,
        model: { ...task.model, decision: { ...decision, groups: Object.fromEntries(known) } },
      });
  }
  return result;
}

/** Every id that the cases of a branch name, each once. */
export function chosenIds({ cases, otherwise }: Decision & { readonly kind: 'cases' }): string[] {
  return [...new Set([...cases.flatMap(({ chosen }) => chosen), ...otherwise])].sort(byId);
}

/**
 * The tasks right downstream of a branch that go on where it chooses a group: the group's first tasks, and what is downstream of one of them. None
 * where no task of the group is right downstream, or where the branch is in the group.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#branching
 */
function followedOf(
  branch: string,
  inside: ReadonlySet<string>,
  first: readonly string[],
  downstreams: ReadonlyMap<string, readonly string[]>,
): string[] {
  if (inside.has(branch)) return [];
  const open = [...first];
  const reached = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const down of downstreams.get(id) ?? []) {
      if (!reached.has(down)) open.push(down);
      reached.add(down);
    }
  }
  const followed = (downstreams.get(branch) ?? []).filter((id) => reached.has(id)).sort(byId);
  return followed.some((id) => inside.has(id)) ? followed : [];
}

function downstreamsOf(tasks: Tasks): ReadonlyMap<string, readonly string[]> {
  const downstreams = new Map<string, string[]>([...tasks.keys()].map((id) => [id, []]));
  for (const [id, { upstreams }] of tasks) for (const up of upstreams) downstreams.get(up)?.push(id);
  return downstreams;
}
