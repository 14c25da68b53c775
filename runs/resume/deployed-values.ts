import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders, fillText, placeholderNames } from '../../asl/placeholders/index.ts';

export type Values = Readonly<Record<string, string>>;

/**
 * What deploy filled into a definition's placeholders, read off the definition that stands on AWS. So what is compiled now is filled with
 * what really is deployed, roles that deploy made among it. Undefined if the one is not the other, filled.
 * @param place what is known of it anyway: the partition, the region, the account and the machine's name
 */
export function filledValues(template: Json, filled: Json, place: Values = {}): Values | undefined {
  const pairs: (readonly [template: string, filled: string])[] = [];
  collect(template, filled, pairs);
  const values: Record<string, string> = { ...place };
  // A text with one open placeholder tells its value; that may leave one open in another.
  for (let known = -1; known < Object.keys(values).length; ) {
    known = Object.keys(values).length;
    for (const [text, whole] of pairs) {
      const open = openIn(text, values);
      if (open.length !== 1) continue;
      const [name] = open as [string];
      const value = valueIn(fillText(text, values), name, whole);
      if (value !== undefined) values[name] = value;
    }
  }
  return isDeepStrictEqual(fillPlaceholders(template as JsonObject, values), filled) ? values : undefined;
}

function openIn(text: string, values: Values): string[] {
  return placeholderNames(text).filter((name) => !Object.hasOwn(values, name));
}

/** The one value that, wherever the placeholder of this name stands in the text, makes the other of it. */
function valueIn(text: string, name: string, whole: string): string | undefined {
  const [first, ...rest] = text.split(`\${${name}}`);
  const pattern = [first!, ...rest].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const [head, ...tails] = pattern;
  const match = new RegExp(`^${head}(.*)${tails.join('\\1')}$`, 's').exec(whole);
  return match?.[1];
}

function collect(template: Json, filled: Json, pairs: (readonly [string, string])[]): void {
  if (typeof template === 'string') {
    if (typeof filled === 'string' && template.includes('${')) pairs.push([template, filled]);
    return;
  }
  if (template === null || typeof template !== 'object' || filled === null || typeof filled !== 'object') return;
  for (const [key, value] of Object.entries(template)) {
    const other = (filled as { readonly [key: string]: Json | undefined })[key];
    if (other !== undefined) collect(value as Json, other, pairs);
  }
}
