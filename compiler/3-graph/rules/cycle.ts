import { diagnose } from '../../../diagnostics/index.ts';
import type { Draft } from '../graph.ts';
import type { GraphRule } from './index.ts';

/** No task waits for itself, directly or through others. One cycle of each tangle is shown, whole. */
export const cycle: GraphRule = (draft) =>
  cyclesOf(draft).map((path) => {
    const { id, place } = draft.tasks.get(path[0] as string)!.model;
    return diagnose('DAG001', { cycle: path }, { task: id, place });
  });

/** Depth-first with a stack of its own: a DAG may be 10,000 tasks deep. */
function cyclesOf({ tasks }: Draft): string[][] {
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const root of tasks.keys()) {
    if (state.has(root)) continue;
    const path: string[] = [root];
    const ways = [upstreamsOf(root)];
    state.set(root, 'open');
    while (path.length > 0) {
      const next = ways.at(-1)!.next();
      if (next.done) {
        state.set(path.pop() as string, 'done');
        ways.pop();
      } else if (state.get(next.value) === 'open') {
        // The path follows upstreams; people read a cycle in the direction of the work.
        const tangle = path.slice(path.indexOf(next.value)).reverse();
        cycles.push([...tangle, tangle[0] as string]);
      } else if (!state.has(next.value)) {
        state.set(next.value, 'open');
        path.push(next.value);
        ways.push(upstreamsOf(next.value));
      }
    }
  }
  return cycles;

  function upstreamsOf(id: string): Iterator<string> {
    return [...(tasks.get(id)?.upstreams ?? [])]
      .filter((upstream) => tasks.has(upstream))
      .sort()
      [Symbol.iterator]();
  }
}
