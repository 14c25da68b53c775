import { JsonSyntaxError, parseJson } from '../json/parse.ts';

/** The text is not JSON: where, in words. */
export class NotJson extends Error {}

/** The values of a text that holds one JSON document, or several one after the other: pages that were appended, lines of a log. */
export function jsonValues(text: string): unknown[] {
  const whole = text.replace(/^\uFEFF/, '');
  try {
    return [JSON.parse(whole)];
  } catch {
    const parts = documents(whole);
    if (parts.length < 2) return [parsed(whole, whole, 0)];
    let from = 0;
    return parts.map((part) => {
      const value = parsed(part, whole, from);
      from += part.length;
      return value;
    });
  }
}

/** The value of a part of the text that begins at `from`. */
function parsed(part: string, whole: string, from: number): unknown {
  try {
    return parseJson(part);
  } catch (error) {
    const { detail, offset } = error as JsonSyntaxError;
    throw new NotJson(new JsonSyntaxError(whole, detail, from + offset).message);
  }
}

/** Cuts a text where an object or an array ends that stands in none. */
function documents(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  // Strings are skipped whole: what looks like a bracket in them is none.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') {
      depth--;
      if (depth !== 0) continue;
      parts.push(text.slice(from, index + 1));
      from = index + 1;
    }
  }
  if (text.slice(from).trim() !== '') parts.push(text.slice(from));
  return parts;
}
