import type { Json } from '../asl/json.ts';
import type { StateMachine } from '../asl/types.ts';

/** A machine or a policy with its `${name}` filled in; names that are not in `values` stay as they are. */
export function fillPlaceholders<T extends StateMachine | Json>(
  document: T,
  values: Readonly<Record<string, string>>,
): T {
  return fill(document as Json, values) as T;
}

function fill(json: Json, values: Readonly<Record<string, string>>): Json {
  if (typeof json === 'string')
    return json.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name]! : whole,
    );
  if (Array.isArray(json)) return json.map((item: Json) => fill(item, values));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fill(value as Json, values)]));
}
