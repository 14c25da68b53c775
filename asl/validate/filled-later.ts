import type { Json, JsonObject } from '../json/value.ts';
import { hasPlaceholder, isMacroKey } from '../placeholders/index.ts';

/** A text of which a part, or the whole, is known when it is deployed: nothing can be said of it. */
export function isFilledLater(value: Json | undefined): boolean {
  return typeof value === 'string' && hasPlaceholder(value);
}

/** Whether an object may have other fields than those that stand in it: a key is a placeholder, or a macro stands in it. */
export function hasFieldsLater(json: JsonObject): boolean {
  for (const key in json) if (isKeyLater(key)) return true;
  return false;
}

/** Whether other keys come in the place of this one. */
export function isKeyLater(key: string): boolean {
  return isMacroKey(key) || hasPlaceholder(key);
}
