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
