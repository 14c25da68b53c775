import { token } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject, setMember } from '../json/value.ts';
import { hasPlaceholder, intrinsicText, isMacroKey } from '../placeholders/index.ts';

/** A document in which every value that is filled in later is a text with a placeholder. */
export interface Draft {
  readonly value: Json;
  /** The places, as JSON pointers, of values that may come out as anything. A text in quotes stays a text. */
  readonly untyped: ReadonlySet<string>;
}

/** Begins a value that a reader of YAML takes for a text and that may be filled in as a number: no document begins one so. */
export const UNTYPED = '\uE002';

/** A text as it stands in the document. */
export function unmarked(text: string): string {
  return text.startsWith(UNTYPED) ? text.slice(UNTYPED.length) : text;
}

/** A document in which nothing stands for something else. */
export function finished(value: Json): Draft {
  return { value, untyped: new Set() };
}

/**
 * Puts placeholders in the place of the objects that call CloudFormation's functions. The document is the caller's alone:
 * it is changed where it stands, without recursion.
 */
export function draftOf(value: Json): Draft {
  const root: Members = { '': value };
  const untyped = new Set<string>();
  const found: { readonly of: Members; readonly key: string; readonly text: string }[] = [];
  const pending: { readonly of: Members; readonly path: string }[] = [{ of: root, path: '' }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    for (const [key, member] of Object.entries(next.of)) {
      const at = next.of === root ? '' : `${next.path}/${token(key)}`;
      const text = textLater(member);
      if (text !== undefined) {
        found.push({ of: next.of, key, text });
        untyped.add(at);
      } else if (typeof member === 'object' && member !== null) pending.push({ of: member as Members, path: at });
    }
  // Only now: YAML's aliases have one value in several places.
  for (const { of, key, text } of found) setMember(of, key, text);
  return { value: root[''] as Json, untyped };
}

type Members = { [key: string]: Json };

function textLater(value: Json): string | undefined {
  if (typeof value === 'string') return value.startsWith(UNTYPED) ? unmarked(value) : undefined;
  return isObject(value) ? intrinsicText(value) : undefined;
}

/** A copy in which every text is as it stands in the document. Nesting too deep to be copied is an error. */
export function unmarkedCopy(value: Json): Json {
  if (typeof value === 'string') return unmarked(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => unmarkedCopy(item));
  const copy: Members = {};
  for (const [key, member] of Object.entries(value as JsonObject)) setMember(copy, key, unmarkedCopy(member));
  return copy;
}

/** Whether a text has a placeholder: its value is known at deployment and cannot be checked. */
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
