import type { ManifestTask } from './manifest.ts';

/**
 * Which dependencies follow from others: leaving all of them out changes neither the order of the tasks nor the state in
 * which any of them ends, whatever fails or is skipped.
 *
 * That holds for one from `a` to `c` where another way leads from `a` to `c`, and
 * - `c` has the rule all_success, and each task on that way too: then `a` not succeeding keeps the whole way from succeeding, and a failure
 *   stays a failure. A task on the way that a branch, a short circuit or the setup that it is in may skip would make a skip of it;
 * - or `c` is a teardown, which depends on the states of its setups alone.
 *
 * What a branch or a short circuit leads to is what it decides on, so that its own dependencies always count.
 * @param tasks in an order in which none comes before its upstreams
 */
export function impliedIn(tasks: readonly ManifestTask[]): (from: string, to: string) => boolean {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const handsOn = tasksThatHandOn(tasks);
  const anyWay = new Reach(tasks);
  const plainWay = new Reach(tasks, ({ id }) => handsOn.has(id));
  return (from, to) => {
    const target = byId.get(to) as ManifestTask;
    if (byId.get(from)?.decides !== undefined) return false;
    if (target.kind === 'teardown') return anyWay.leadsFurther(from, to);
    return target.triggerRule === 'all_success' && plainWay.leadsFurther(from, to);
  };
}

/** Those that end `upstream_failed` if something before them failed, and at least skipped if something before them was skipped. */
function tasksThatHandOn(tasks: readonly ManifestTask[]): ReadonlySet<string> {
  const decided = new Set(tasks.flatMap(({ decides = [] }) => decides));
  const canBeSkipped = new Set<string>();
  /** Downstream of a setup that can be skipped: where it is, they are skipped, whatever failed. */
  const inDoubt = new Set<string>();
  const handOn = new Set<string>();
  const setups = new Set(tasks.filter(({ kind }) => kind === 'setup').map(({ id }) => id));
  for (const { id, kind, triggerRule, upstreams, skipOn = [] } of tasks) {
    const isPlain = kind !== 'teardown' && triggerRule === 'all_success' && !decided.has(id);
    if (!isPlain || skipOn.length > 0 || upstreams.some((up) => canBeSkipped.has(up))) canBeSkipped.add(id);
    if (upstreams.some((up) => inDoubt.has(up) || (setups.has(up) && canBeSkipped.has(up)))) inDoubt.add(id);
    if (isPlain && !inDoubt.has(id)) handOn.add(id);
  }
  return handOn;
}

/** Which tasks are downstream of which: a bit for each pair, so that thousands of tasks take a moment. */
export class Reach {
  readonly #index: ReadonlyMap<string, number>;
  /** Of each task, every task downstream of it. */
  readonly #downstream: Uint32Array[];
  /** Of each task, every task that is downstream of one of its direct downstreams. */
  readonly #further: Uint32Array[];

  /**
   * @param tasks in an order in which none comes before its upstreams
   * @param through the tasks that a way may lead through; default all
   */
  constructor(tasks: readonly ManifestTask[], through: (task: ManifestTask) => boolean = () => true) {
    this.#index = new Map(tasks.map(({ id }, i) => [id, i]));
    const words = Math.ceil(tasks.length / 32);
    this.#downstream = tasks.map(() => new Uint32Array(words));
    this.#further = tasks.map(() => new Uint32Array(words));
    for (let i = tasks.length - 1; i >= 0; i--) {
      const goesOn = through(tasks[i] as ManifestTask);
      for (const id of (tasks[i] as ManifestTask).upstreams) {
        const up = this.#index.get(id) as number;
        if (goesOn) {
          add(this.#further[up] as Uint32Array, this.#downstream[i] as Uint32Array);
          add(this.#downstream[up] as Uint32Array, this.#downstream[i] as Uint32Array);
        }
        (this.#downstream[up] as Uint32Array)[i >>> 5]! |= 1 << (i & 31);
      }
    }
  }

  leads(from: string, to: string): boolean {
    return has(this.#downstream[this.#index.get(from) as number] as Uint32Array, this.#index.get(to) as number);
  }

  /** Whether there is a way that leads through another task. */
  leadsFurther(from: string, to: string): boolean {
    return has(this.#further[this.#index.get(from) as number] as Uint32Array, this.#index.get(to) as number);
  }
}

function add(set: Uint32Array, more: Uint32Array): void {
  for (let i = 0; i < set.length; i++) set[i]! |= more[i] as number;
}

function has(set: Uint32Array, i: number): boolean {
  return ((set[i >>> 5] as number) & (1 << (i & 31))) !== 0;
}
