import type { Json, JsonObject } from '../json.ts';

/**
 * Variables. A branch of a Parallel and an iteration of a Map have a scope of their own, which reads the outer ones.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #variables = new Map<string, Json>();

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  lookup(name: string): Json | undefined {
    const value = this.#variables.get(name);
    return value === undefined && this.#outer !== undefined ? this.#outer.lookup(name) : value;
  }

  assign(values: JsonObject): void {
    for (const [name, value] of Object.entries(values)) this.#variables.set(name, value);
  }
}
