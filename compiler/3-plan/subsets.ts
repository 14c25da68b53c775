import type { Problem } from './problem.ts';

/** Questions about sets of tasks, each answered in the size of the set and of its edges. Sets are sorted lists of indices. */
export class Subsets {
  readonly problem: Problem;
  /** The set that a task was last marked as a member of. */
  readonly #mark: Int32Array;
  readonly #depth: Int32Array;
  #stamp = 0;

  constructor(problem: Problem) {
    this.problem = problem;
    this.#mark = new Int32Array(problem.ids.length);
    this.#depth = new Int32Array(problem.ids.length);
  }

  all(): number[] {
    return this.problem.ids.map((_, i) => i);
  }

  /** Whether some part of the DAG can be cut neither in parallel nor in series: whether a barrier is needed at all. */
  isStuck(): boolean {
    const open: (readonly number[])[] = [this.all()];
    for (let set = open.pop(); set !== undefined; set = open.pop()) {
      for (const component of this.components(set)) {
        if (component.length === 1) continue;
        const parts = this.series(component);
        if (parts.length === 1) return true;
        open.push(...parts);
      }
    }
    return false;
  }

  /** The weakly connected components, by least index. */
  components(set: readonly number[]): number[][] {
    const { preds, succs } = this.problem;
    const member = this.#markAll(set);
    const found: number[][] = [];
    for (const root of set) {
      if (this.#mark[root] !== member) continue;
      const component = [root];
      this.#mark[root] = 0;
      for (let i = 0; i < component.length; i++) {
        const v = component[i] as number;
        for (const near of [preds[v] as readonly number[], succs[v] as readonly number[]]) {
          for (const u of near) {
            if (this.#mark[u] !== member) continue;
            this.#mark[u] = 0;
            component.push(u);
          }
        }
      }
      found.push(component.sort((a, b) => a - b));
    }
    return found;
  }

  /**
   * Every true series cut at once. The cut after unit depth d is one if and only if each maximal task up to d has an edge to each task of
   * depth d + 1: then everything before it comes before everything behind it. No transitive reduction is needed.
   */
  series(set: readonly number[]): number[][] {
    const { succs } = this.problem;
    const depths = this.unitDepths(set);
    const member = this.#stamp;
    const deepest = set.reduce((max, v) => Math.max(max, this.#depth[v] as number), 0);
    const layer = new Int32Array(deepest + 2);
    const maximal = new Int32Array(deepest + 2);
    const edges = new Int32Array(deepest + 2);
    for (const v of set) {
      const depth = this.#depth[v] as number;
      layer[depth]!++;
      let nearest = deepest + 1;
      for (const u of succs[v] as readonly number[])
        if (this.#mark[u] === member) nearest = Math.min(nearest, this.#depth[u] as number);
      // v is maximal in the prefixes from its own depth up to the one before its nearest successor.
      maximal[depth]!++;
      maximal[nearest]!--;
      for (const u of succs[v] as readonly number[])
        if (this.#mark[u] === member && this.#depth[u] === nearest) edges[nearest]!++;
    }
    const partOf = new Int32Array(deepest + 1);
    for (let d = 1, part = 0, alive = 0; d <= deepest; d++) {
      alive += maximal[d - 1] as number;
      if (edges[d] === alive * (layer[d] as number)) part++;
      partOf[d] = part;
    }
    const parts: number[][] = Array.from({ length: (partOf[deepest] as number) + 1 }, () => []);
    set.forEach((v, i) => void parts[partOf[depths[i] as number] as number]!.push(v));
    return parts;
  }

  /** The length in tasks of the longest way to each task within the set, in the set's order. */
  unitDepths(set: readonly number[]): Int32Array {
    const member = this.#markAll(set);
    return Int32Array.from(set, (v) => {
      let depth = 0;
      for (const u of this.problem.preds[v] as readonly number[]) {
        if (this.#mark[u] === member) depth = Math.max(depth, (this.#depth[u] as number) + 1);
      }
      this.#depth[v] = depth;
      return depth;
    });
  }

  /** Within the set and in a scenario: the longest way up to and with each task, in milliseconds. */
  heads(set: readonly number[], scenario: number): Float64Array {
    return this.#longest(set, scenario, this.problem.preds, 1);
  }

  /** Within the set and in a scenario: the longest way from and with each task. */
  tails(set: readonly number[], scenario: number): Float64Array {
    return this.#longest(set, scenario, this.problem.succs, -1);
  }

  #longest(set: readonly number[], scenario: number, before: Problem['preds'], step: 1 | -1): Float64Array {
    const position = new Map(set.map((v, i) => [v, i]));
    const durations = this.problem.durations[scenario] as readonly number[];
    const longest = new Float64Array(set.length);
    for (let i = step === 1 ? 0 : set.length - 1; i >= 0 && i < set.length; i += step) {
      const v = set[i] as number;
      let far = 0;
      for (const u of before[v] as readonly number[]) {
        const at = position.get(u);
        if (at !== undefined) far = Math.max(far, longest[at] as number);
      }
      longest[i] = far + (durations[v] as number);
    }
    return longest;
  }

  #markAll(set: readonly number[]): number {
    this.#stamp++;
    for (const v of set) this.#mark[v] = this.#stamp;
    return this.#stamp;
  }
}
