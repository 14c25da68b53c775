import { oneOf, type Value } from './value.ts';

/** So many changes stand one upon the other before they are laid into one. */
const MOST_CHANGES = 64;

/**
 * The workflow variables at a place, those of which something is known. Each state that assigns makes a new set; a machine may have
 * thousands of them, so a set holds what has changed and what it was made from.
 */
export class Variables {
  static readonly NONE = new Variables(undefined, new Map(), 0);
  readonly #before: Variables | undefined;
  readonly #changes: ReadonlyMap<string, Value>;
  readonly #depth: number;

  private constructor(before: Variables | undefined, changes: ReadonlyMap<string, Value>, depth: number) {
    this.#before = before;
    this.#changes = changes;
    this.#depth = depth;
  }

  get(name: string): Value {
    for (let set: Variables | undefined = this; set !== undefined; set = set.#before)
      if (set.#changes.has(name)) return set.#changes.get(name);
    return undefined;
  }

  with(changes: ReadonlyMap<string, Value>): Variables {
    if ([...changes].every(([name, value]) => value === undefined && this.get(name) === undefined)) return this;
    if (this.#depth < MOST_CHANGES) return new Variables(this, changes, this.#depth + 1);
    return new Variables(undefined, new Map([...this.#all(), ...changes]), 0);
  }

  /** Each variable as it is in the one set or in the other. */
  join(other: Variables): Variables {
    if (this === other) return this;
    const names = new Set([...this.#all().keys(), ...other.#all().keys()]);
    return new Variables(
      undefined,
      new Map([...names].map((name) => [name, oneOf([this.get(name), other.get(name)])])),
      0,
    );
  }

  equals(other: Variables, same: (one: Value, another: Value) => boolean): boolean {
    if (this === other) return true;
    const names = new Set([...this.#all().keys(), ...other.#all().keys()]);
    return [...names].every((name) => same(this.get(name), other.get(name)));
  }

  #all(): ReadonlyMap<string, Value> {
    const sets: Variables[] = [];
    for (let set: Variables | undefined = this; set !== undefined; set = set.#before) sets.push(set);
    return new Map(sets.reverse().flatMap((set) => [...set.#changes]));
  }
}
