import { isObject } from '../../asl/json/value.ts';

/** Tags by key. */
export type Tags = { readonly [key: string]: string };

/** The tags that a call gives to what it makes; undefined where it gives none. */
export function requestTags(args: unknown): Tags | undefined {
  if (!isObject(args)) return undefined;
  for (const [name, value] of Object.entries(args)) if (/^tag(s|list|set)$/i.test(name)) return tagsIn(value);
  return undefined;
}

/** Tags as a list of `{ Key, Value }`, or as an object. Services write the two words in capitals or not. */
export function tagsIn(value: unknown): Tags | undefined {
  if (Array.isArray(value)) {
    const pairs = value.flatMap((item) => {
      const { Key, Value = '', key = Key, value: text = Value } = isObject(item) ? item : {};
      return typeof key === 'string' ? [[key, `${text}`] as const] : [];
    });
    return Object.fromEntries(pairs);
  }
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, `${text}`])) : undefined;
}
