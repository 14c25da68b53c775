import { positions } from './locate.ts';
import { readJson } from './read.ts';
import type { Json } from './value.ts';

/** A text is not JSON. The message ends a sentence: `a value was expected, not abc (line 3, column 7)`. */
export class JsonSyntaxError extends Error {
  /** What is wrong, without the place. */
  readonly detail: string;
  /** Where, in UTF-16 units from the start of the text. */
  readonly offset: number;

  constructor(text: string, detail: string, offset: number) {
    super(`${detail}${placeIn(text, offset)}`);
    this.detail = detail;
    this.offset = offset;
  }
}

/**
 * `JSON.parse`, whose error says in plain words what is wrong and where: the engine's own words are about its parser, and change with
 * its version.
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const { offset, detail } = readJson(text).faults[0]!;
    throw new JsonSyntaxError(text, detail, offset);
  }
}

function placeIn(text: string, offset: number): string {
  if (text.trim() === '') return '';
  if (!text.trimEnd().includes('\n')) return ` (character ${offset + 1})`;
  const { line, column } = positions(text)(offset);
  return ` (line ${line}, column ${column})`;
}
