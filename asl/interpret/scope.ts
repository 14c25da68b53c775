import type { Json, JsonObject } from '../json/value.ts';
import { byteLength, mostBytes } from './data-size.ts';

/**
 * Variables. A branch of a Parallel and an iteration of a Map have a scope of their own, which reads the outer ones.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #variables = new Map<string, Json>();
  readonly #sizes = new Map<string, number>();
  /** Its variables take at most so many bytes. */
  #bytes = 0;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  lookup(name: string): Json | undefined {
    const value = this.#variables.get(name);
    return value === undefined && this.#outer !== undefined ? this.#outer.lookup(name) : value;
  }

  assign(values: JsonObject): void {
    for (const [name, value] of Object.entries(values)) {
      const size = sizeOf(value);
      this.#bytes += size - (this.#sizes.get(name) ?? 0);
      this.#sizes.set(name, size);
      this.#variables.set(name, value);
    }
  }

  /** The variables of this scope alone. */
  own(): JsonObject {
    return Object.fromEntries(this.#variables);
  }

  /** Whether the variables that are seen from here take more than so many bytes. */
  exceeds(bytes: number): boolean {
    const scopes = this.#scopes();
    if (scopes.reduce((sum, scope) => sum + scope.#bytes, 0) <= bytes) return false;
    const exact = scopes.flatMap((scope) => [...scope.#variables.values()].map(byteLength));
    return exact.reduce((sum, size) => sum + size, 0) > bytes;
  }

  #scopes(): Scope[] {
    return this.#outer === undefined ? [this] : [this, ...this.#outer.#scopes()];
  }
}

/** From here on a variable's size is found exactly: the bound of a text is six times that, and all variables would be measured at each state. */
const EXACT_FROM = 16_384;

/** At most so many bytes. */
function sizeOf(value: Json): number {
  const most = mostBytes(value);
  return most < EXACT_FROM ? most : byteLength(value);
}
