import type { Graph } from '../3-graph/graph.ts';
import type { Item, ParallelItem, Scope } from '../5-outcomes/outcomes.ts';

const LONGEST = 80;

/** Ends of the machine that are states of their own. No task's id has a blank. */
export const CHECK = 'failed?';
export const FAIL = 'run failed';
export const SUCCEED = 'run succeeded';

/** The names of states and of the lists of records: each name once, at most 80 characters, the same whatever the order of declaration. */
export class Names {
  readonly #states = new Map<Item | Scope, string>();
  readonly #taken: Set<string>;
  readonly #owners = new Map<string, Set<string>>();

  readonly #isWrapped: (task: string) => boolean;

  /** @param isWrapped whether a task of several states becomes a one-branch Parallel */
  constructor(graph: Graph, body: Scope, isWrapped: (task: string) => boolean) {
    this.#isWrapped = isWrapped;
    this.#taken = new Set(graph.tasks.keys());
    this.#nameAll(body);
  }

  /** A task's state, or a Parallel's. */
  of(item: Item): string {
    return item.kind !== 'parallel' ? item.id : (this.#states.get(item) as string);
  }

  guardOf(item: Item): string {
    const owner = this.of(item);
    const name = `${owner.slice(0, LONGEST - 1)}?`;
    // The test at the machine's end has this name.
    return name === CHECK ? this.#owned(`${owner}: runs?`, owner) : this.#owned(name, owner);
  }

  /** The state at the end of a branch, for those that cannot end it themselves. */
  exitOf(scope: Scope): string {
    return this.#states.get(scope) as string;
  }

  /** A state within a task that has several. The one without a name bears the task's, unless the Parallel around it does. */
  stepOf(task: string, step: string): string {
    const name = step === '' && this.#isWrapped(task) ? 'call' : step;
    return name === '' ? task : this.#owned(shortened(task, `: ${name}`), task);
  }

  /** The names that became one when they were shortened, with the tasks (or Parallels) whose states would have them; complete when all states are made. */
  collisions(): { readonly name: string; readonly owners: readonly string[] }[] {
    return [...this.#owners]
      .map(([name, owners]) => ({ name, owners: [...owners].sort() }))
      .filter(({ owners }) => owners.length > 1);
  }

  /** A list of records has a name for each depth of scopes: an inner scope may not assign a name of an outer one. */
  listOf(path: readonly number[]): string {
    const depth = path.length / 2 + 1;
    return depth === 1 ? 'ended' : `ended${depth}`;
  }

  #owned(name: string, owner: string): string {
    const owners = this.#owners.get(name);
    if (owners) owners.add(owner);
    else this.#owners.set(name, new Set([owner]));
    return name;
  }

  #nameAll({ items }: Scope): void {
    for (const item of items) {
      if (item.kind !== 'parallel') continue;
      item.branches.forEach((branch) => void this.#nameAll(branch));
      this.#states.set(item, this.#free(parallelName(item, (inner) => this.of(inner))));
      for (const branch of item.branches) {
        this.#states.set(branch, this.#free(shortened(this.of(branch.items[0] as Item), ': ended')));
      }
    }
  }

  #free(name: string): string {
    let free = name;
    for (let i = 2; this.#taken.has(free); i++) free = shortened(name, ` ${i}`);
    this.#taken.add(free);
    return free;
  }
}

/** A Parallel is named after what its branches begin with. */
function parallelName({ branches }: ParallelItem, nameOf: (item: Item) => string): string {
  const first = branches.map(({ items }) => nameOf(items[0] as Item));
  const all = first.join(' | ');
  if (first.length <= 3 && all.length < LONGEST) return all;
  return shortened(`${shortened(first[0] as string, '', 36)} | … | ${shortened(first.at(-1) as string, '', 36)}`, '');
}

function shortened(name: string, suffix: string, longest = LONGEST): string {
  return name.length + suffix.length <= longest
    ? `${name}${suffix}`
    : `${name.slice(0, longest - suffix.length - 1)}…${suffix}`;
}
