import { components, series } from './divisions.ts';
import type { Node } from './nodes.ts';
import type { Part } from './part.ts';

/** Splits a connected part that cannot be cut in series into an ideal and the rest: this is where a barrier is added. */
export type Choice = (part: Part) => readonly [first: Part, rest: Part];

type Draft = number | Operation;
interface Operation {
  readonly op: 'seq' | 'par';
  readonly children: Draft[];
}

/**
 * Plans every task: parts that know nothing of each other in parallel, true series cuts in series, and what is stuck as `choose` says.
 * Also answers whether anything was stuck: whether a barrier is needed at all.
 */
export function planWith(whole: Part, choose: Choice): { plan: Node; stuck: boolean } {
  let stuck = false;
  const top: Operation = { op: 'par', children: [] };
  // What is still to be planned, the next one last, and the node that it becomes a child of.
  const open: { part: Part; parent: Operation }[] = [{ part: whole, parent: top }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, parent } = next;
    if (part.tasks.length === 1) {
      parent.children.push(part.tasks[0] as number);
      continue;
    }
    const { op, parts } = split(part);
    const node = parent.op === op ? parent : { op, children: [] };
    if (node !== parent) parent.children.push(node);
    for (let i = parts.length - 1; i >= 0; i--) open.push({ part: parts[i] as Part, parent: node });
  }
  return { plan: top.children.length === 1 ? (top.children[0] as Draft) : top, stuck };

  function split(part: Part): { op: 'seq' | 'par'; parts: readonly Part[] } {
    const inParallel = components(part);
    if (inParallel.length > 1) return { op: 'par', parts: inParallel };
    const inSeries = series(part);
    if (inSeries.length > 1) return { op: 'seq', parts: inSeries };
    stuck = true;
    return { op: 'seq', parts: choose(part) };
  }
}
