import type { Problem } from './problem.ts';
import { nodesOf, spansOf, type Tree, tasksOf } from './tree.ts';

/** Waiting that the plan adds: everything behind it waits for everything before it. */
export interface Barrier {
  /** The last tasks before it, in plan order. */
  readonly before: readonly string[];
  /** The first tasks behind it, in plan order. At least one of them does not depend on one of those before it. */
  readonly behind: readonly string[];
  /**
   * The tasks that start here later than when the last of their own upstreams has ended (the run has begun, without upstreams), and by
   * how many milliseconds: by the estimates, or by the mean of the durations planned with where these are not single values.
   */
  readonly delays: readonly { readonly task: string; readonly ms: number }[];
}

/** The places of the plan where a task waits for one that it does not depend on, with what that costs. */
export function barriersOf(tree: Tree, problem: Problem): Barrier[] {
  const order = tasksOf(tree);
  const place = new Map(order.map((id, at) => [id, at]));
  const places = (lists: Problem['preds']) => {
    const byPlace: number[][] = order.map(() => []);
    lists.forEach((tasks, i) => {
      byPlace[place.get(problem.ids[i] as string) as number] = tasks.map(
        (task) => place.get(problem.ids[task] as string)!,
      );
    });
    return byPlace;
  };
  const preds = places(problem.preds);
  const lastPred = preds.map((before) => before.reduce((a, b) => Math.max(a, b), -1));
  const firstSucc = places(problem.succs).map((after) => after.reduce((a, b) => Math.min(a, b), order.length));
  const waits = waitsOf(tree, problem);
  const ids = (found: readonly number[]) => found.map((at) => order[at] as string);

  return seamsOf(tree).flatMap(({ from, mid, to, next }): Barrier[] => {
    const before = placesWhere(from, mid, (at) => (firstSucc[at] as number) >= mid);
    const behind = placesWhere(mid, to, (at) => (lastPred[at] as number) < mid);
    // A first task behind a seam depends on a last one before it by an edge or not at all: nothing lies between the two.
    const last = new Set(before);
    if (behind.every((at) => preds[at]!.filter((u) => last.has(u)).length === before.length)) return [];
    const delays = ids(next)
      .map((task) => ({ task, ms: Math.round(waits.get(task) as number) }))
      .filter(({ ms }) => ms > 0)
      .sort((a, b) => b.ms - a.ms || (a.task < b.task ? -1 : 1));
    return [{ before: ids(before), behind: ids(behind), delays }];
  });
}

function placesWhere(from: number, to: number, holds: (at: number) => boolean): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at++) if (holds(at)) found.push(at);
  return found;
}

/** How long each task waits when all its upstreams have ended, over the guarded scenarios' mean. */
function waitsOf(tree: Tree, { ids, preds, scenarios }: Problem): Map<string, number> {
  const waits = new Map(ids.map((id) => [id, 0]));
  const index = new Map(ids.map((id, i) => [id, i]));
  const guarded = scenarios.filter((scenario) => scenario.guarded);
  for (const { durations } of guarded) {
    const starts = scheduleOf(tree, (id) => durations[index.get(id) as number] as number);
    preds.forEach((before, i) => {
      const ready = before.reduce(
        (latest, u) => Math.max(latest, starts.get(ids[u] as string)! + (durations[u] as number)),
        0,
      );
      const id = ids[i] as string;
      waits.set(id, waits.get(id)! + (starts.get(id)! - ready) / guarded.length);
    });
  }
  return waits;
}

/** Where a child of a `seq` ends and the next one begins. The numbers are places in the plan's order of tasks. */
export interface Seam {
  readonly from: number;
  readonly mid: number;
  readonly to: number;
  /** The places of the tasks that start as soon as everything before the seam has ended. */
  readonly next: readonly number[];
}

/** Every seam of a plan, by where what is behind it begins. */
function seamsOf(tree: Tree): Seam[] {
  const nodes = nodesOf(tree);
  const sizes = new Map<Tree, number>();
  for (const node of [...nodes].reverse())
    sizes.set(node, node.kind === 'task' ? 1 : node.children.reduce((sum, child) => sum + sizes.get(child)!, 0));

  type Draft = Seam & { readonly next: number[] };
  const seams: Draft[] = [];
  const entered = new Map<Tree, { from: number; seam: Draft | undefined }>([[tree, { from: 0, seam: undefined }]]);
  for (const node of nodes) {
    const { from, seam } = entered.get(node)!;
    if (node.kind === 'task') {
      seam?.next.push(from);
      continue;
    }
    let mid = from;
    node.children.forEach((child, i) => {
      const size = sizes.get(child)!;
      let current = seam;
      if (node.kind === 'seq' && i > 0) {
        current = { from: mid - sizes.get(node.children[i - 1] as Tree)!, mid, to: mid + size, next: [] };
        seams.push(current);
      }
      entered.set(child, { from: mid, seam: current });
      mid += size;
    });
  }
  return seams.sort((a, b) => a.mid - b.mid);
}

/** When each task starts under a plan, in milliseconds, by id. */
export function scheduleOf(tree: Tree, duration: (task: string) => number): Map<string, number> {
  const nodes = nodesOf(tree);
  const spans = spansOf(nodes, duration);
  const starts = new Map<string, number>();
  const entered = new Map<Tree, number>([[tree, 0]]);
  for (const node of nodes) {
    let at = entered.get(node)!;
    if (node.kind === 'task') {
      starts.set(node.id, at);
      continue;
    }
    for (const child of node.children) {
      entered.set(child, at);
      if (node.kind === 'seq') at += spans.get(child)!;
    }
  }
  return starts;
}
