import { token } from './pointer.ts';
import type { Json } from './value.ts';

/** Visits every value within a JSON value, itself included, without recursion. `key` is missing for items of lists. */
export function walk(
  root: Json,
  path: string,
  visit: (value: Json, path: string, key: string | undefined) => void,
): void {
  const pending: { readonly value: Json; readonly path: string; readonly key: string | undefined }[] = [
    { value: root, path, key: undefined },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value } = next;
    visit(value, next.path, next.key);
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value))
      for (let i = value.length - 1; i >= 0; i--)
        pending.push({ value: value[i] as Json, path: `${next.path}/${i}`, key: undefined });
    else
      for (const [key, member] of Object.entries(value))
        pending.push({ value: member as Json, path: `${next.path}/${token(key)}`, key });
  }
}
