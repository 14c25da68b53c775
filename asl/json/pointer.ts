import type { Json, JsonObject } from './value.ts';

/**
 * A key as it stands in a JSON pointer.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function token(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** The keys that a text of tokens means. */
export function unescaped(tokens: string): string {
  return tokens.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The keys through which a pointer leads, from the root on. */
export function keysOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map(unescaped);
}

/** What a pointer names in a value; undefined where there is nothing. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let here: Json | undefined = value;
  for (const key of keysOf(pointer)) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as JsonObject)[key];
  }
  return here;
}

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
