import type { Json } from '../../json.ts';
import type { Path } from './path.ts';

/**
 * The value with another one put in at the place of a reference path; objects on the way are made where they are missing.
 * Undefined where something that is no object, or no item, stands in the way. Nothing is changed in place.
 */
export function setAt(path: Path, into: Json, value: Json): Json | undefined {
  return put(into, 0);

  function put(target: Json | undefined, depth: number): Json | undefined {
    const step = path.steps[depth];
    if (step === undefined) return value;
    if (step.kind === 'names') {
      const name = step.names[0] as string;
      const object = target === undefined || target === null ? {} : target;
      if (typeof object !== 'object' || Array.isArray(object)) return undefined;
      const inner = put(
        Object.hasOwn(object, name) ? (object as { [name: string]: Json })[name] : undefined,
        depth + 1,
      );
      return inner === undefined ? undefined : { ...object, [name]: inner };
    }
    if (step.kind === 'indices' && Array.isArray(target)) {
      const index = step.indices[0] as number;
      if (index < 0 || index >= target.length) return undefined;
      const inner = put(target[index] as Json, depth + 1);
      return inner === undefined ? undefined : target.with(index, inner);
    }
    return undefined;
  }
}
