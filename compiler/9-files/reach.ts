import type { ManifestTask } from '../../manifest/manifest.ts';

/** Which tasks lie behind which: a bit for each pair, so that thousands of tasks take a moment. */
export class Reach {
  readonly #index: ReadonlyMap<string, number>;
  /** Of each task, everything behind it. */
  readonly #behind: Uint32Array[];
  /** Of each task, what lies behind something that is right behind it. */
  readonly #further: Uint32Array[];

  /**
   * @param tasks in an order in which none comes before its upstreams
   * @param through the tasks that a way may lead through; default all
   */
  constructor(tasks: readonly ManifestTask[], through: (task: ManifestTask) => boolean = () => true) {
    this.#index = new Map(tasks.map(({ id }, i) => [id, i]));
    const words = Math.ceil(tasks.length / 32);
    this.#behind = tasks.map(() => new Uint32Array(words));
    this.#further = tasks.map(() => new Uint32Array(words));
    for (let i = tasks.length - 1; i >= 0; i--) {
      const goesOn = through(tasks[i] as ManifestTask);
      for (const id of (tasks[i] as ManifestTask).upstreams) {
        const up = this.#index.get(id) as number;
        if (goesOn) {
          add(this.#further[up] as Uint32Array, this.#behind[i] as Uint32Array);
          add(this.#behind[up] as Uint32Array, this.#behind[i] as Uint32Array);
        }
        (this.#behind[up] as Uint32Array)[i >>> 5]! |= 1 << (i & 31);
      }
    }
  }

  leads(from: string, to: string): boolean {
    return has(this.#behind[this.#index.get(from) as number] as Uint32Array, this.#index.get(to) as number);
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
