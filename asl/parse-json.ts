import type { Json } from './json.ts';
import { readJson } from './validate/read-json.ts';

/**
 * `JSON.parse`, whose error says in plain words what is wrong and where: the engine's own words are about its parser, and change with
 * its version.
 * @throws Error whose message ends a sentence: `a value was expected, not abc (character 1)`
 */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const { offset, detail } = readJson(text).faults[0]!;
    throw new Error(offset === 0 && text.trim() === '' ? detail : `${detail} (character ${offset + 1})`);
  }
}
