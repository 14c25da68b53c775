import { SKIPPED } from '../../airflow/end-state.ts';
import type { Amount } from '../../authoring/internal.ts';
import type { Graph } from '../3-graph/graph.ts';
import { nodesOf, spansOf, type Tree } from '../4-plan/tree.ts';
import type { Semantics } from '../5-outcomes/semantics.ts';

/** How long tasks take in a run in which nothing fails, in milliseconds. */
export interface Times {
  /**
   * A task by its estimate, else from nothing to its timeout; one that may be skipped, from nothing on. What a setup made is up from the
   * setup's start to its teardown, under the plan.
   */
  of(id: string): Amount;
  /** Whether it runs whatever a branch decides. */
  surelyRuns(id: string): boolean;
}

/** The times of a DAG's tasks. The longest ones leave out retries, as the plan does. */
export function timesOf({ model, tasks }: Graph, tree: Tree, { possible }: Semantics): Times {
  const surelyRuns = (id: string) => (possible(id) & SKIPPED) === 0;
  const own = (id: string): readonly [least: number, most: number] => {
    const { estimateMs, executionTimeoutMs = Number.POSITIVE_INFINITY, kind, decision } = tasks.get(id)!.model;
    // What a teardown ends is no longer paid for while it goes.
    const [least, most] = estimateMs ?? (decision || kind === 'teardown' ? [0, 0] : [0, executionTimeoutMs]);
    return [surelyRuns(id) ? least : 0, most];
  };
  const most = (ms: number) => Math.min(ms, model.dagrunTimeoutMs ?? Number.POSITIVE_INFINITY);
  const amount = (least: number, bound: number): Amount => ({
    least: most(least),
    ...(most(bound) !== Number.POSITIVE_INFINITY && { most: most(bound) }),
  });

  const nodes = nodesOf(tree);
  const parents = new Map(
    nodes.flatMap((node) => (node.kind === 'task' ? [] : node.children.map((child) => [child, node] as const))),
  );
  const leaves = new Map(nodes.flatMap((node) => (node.kind === 'task' ? [[node.id, node] as const] : [])));
  const teardowns = new Map<string, string[]>();
  for (const { model: task } of tasks.values())
    if (task.kind === 'teardown')
      for (const setup of task.setups) teardowns.set(setup, [...(teardowns.get(setup) ?? []), task.id]);
  const bounds = { least: spansOf(nodes, (id) => own(id)[0]), most: spansOf(nodes, (id) => own(id)[1]) };

  return {
    surelyRuns,
    of: (id) => {
      if (tasks.get(id)!.model.kind !== 'setup') return amount(...own(id));
      const ends = teardowns.get(id) ?? [undefined];
      const up = (which: 'least' | 'most') => Math.max(...ends.map((end) => between(id, end, which)));
      return amount(surelyRuns(id) ? up('least') : 0, up('most'));
    },
  };

  /**
   * From a task's start to the end of another one behind it, or of the run: at least along the tasks between the two, at most with
   * everything that the plan has it wait for beside.
   */
  function between(from: string, to: string | undefined, which: 'least' | 'most'): number {
    const spans = bounds[which];
    const way = new Set(to === undefined ? [] : upwards(leaves.get(to)!));
    let node: Tree = leaves.get(from)!;
    let sum = spans.get(node)!;
    for (let parent = parents.get(node); parent !== undefined; node = parent, parent = parents.get(node)) {
      const { children } = parent;
      const last = children.find((child) => way.has(child));
      if (parent.kind === 'par') {
        if (which === 'most') for (const child of children) if (child !== node) sum = Math.max(sum, spans.get(child)!);
      } else if (last === undefined) {
        for (const child of children.slice(children.indexOf(node) + 1)) sum += spans.get(child)!;
      } else {
        const [first, end] = [children.indexOf(node), children.indexOf(last)];
        for (const child of children.slice(first + 1, end)) sum += spans.get(child)!;
        return sum + upTo(leaves.get(to!)!, last, spans);
      }
    }
    return sum;
  }

  /** From the begin of a node to the end of a task in it. */
  function upTo(task: Tree, within: Tree, spans: ReadonlyMap<Tree, number>): number {
    let sum = spans.get(task)!;
    for (let node = task; node !== within; ) {
      const parent = parents.get(node)!;
      if (parent.kind === 'seq')
        for (const child of parent.children.slice(0, parent.children.indexOf(node))) sum += spans.get(child)!;
      node = parent;
    }
    return sum;
  }

  function upwards(leaf: Tree): Tree[] {
    const way: Tree[] = [];
    for (let node: Tree | undefined = leaf; node !== undefined; node = parents.get(node)) way.push(node);
    return way;
  }
}
