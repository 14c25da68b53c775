/** Levels of lists and objects within each other that are read; as many as `$parse` takes. */
const DEEPEST = 1000;

/** Where a value is no JSON, as the keys that lead there, and what it is instead. */
export interface JsonFault {
  readonly path: readonly string[];
  /** `is a Date`, `cannot be read: …`: behind the name of the place. */
  readonly detail: string;
}

/**
 * Why a value from outside is not JSON; undefined where it is. Every field is read here, so that a getter or a proxy that throws is
 * reported, and later code may treat the value as plain data.
 * @param absent whether a field that is `undefined` passes for one that is not there, as `JSON.stringify` has it; default true
 * @example jsonFault({ at: new Date() }) // { path: ['at'], detail: 'is a Date' }
 */
export function jsonFault(value: unknown, { absent = true } = {}): JsonFault | undefined {
  const around: object[] = [];
  const path: string[] = [];
  return faultIn(value);

  function faultIn(one: unknown): JsonFault | undefined {
    if (one === null || typeof one === 'string' || typeof one === 'boolean') return undefined;
    if (typeof one === 'number') return Number.isFinite(one) ? undefined : { path, detail: `is ${one}` };
    if (typeof one !== 'object') return { path, detail: one === undefined ? 'is undefined' : `is a ${typeof one}` };
    if (around.includes(one)) return { path, detail: 'holds itself' };
    if (around.length >= DEEPEST) return { path: path.slice(0, 3), detail: `is more than ${DEEPEST} levels deep` };
    try {
      const name = classOf(one);
      if (name !== undefined) return { path, detail: `is ${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}` };
      around.push(one);
      // What is missing in a sparse list is undefined, and not passed over.
      const fields = Array.isArray(one) ? Array.from(one as unknown[]).entries() : Object.entries(one);
      for (const [key, inner] of fields) {
        if (inner === undefined && absent && !Array.isArray(one)) continue;
        path.push(String(key));
        const fault = faultIn(inner);
        if (fault !== undefined) return fault;
        path.pop();
      }
      around.pop();
      return undefined;
    } catch (error) {
      return { path, detail: `cannot be read${error instanceof Error ? `: ${error.message}` : ''}` };
    }
  }
}

/** The class of what is neither a list nor a plain object, of any realm. */
function classOf(value: object): string | undefined {
  if (Array.isArray(value)) return undefined;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  const name = (value.constructor as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' && name !== '' ? name : 'object of a class';
}
