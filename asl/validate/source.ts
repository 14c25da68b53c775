import { locate } from '../json/locate.ts';
import { type ReadJson, readJson, type TextFault } from '../json/read.ts';
import type { Json } from '../json/value.ts';
import type { Mark } from './rule.ts';
import type { Ambiguous } from './yaml/read.ts';

/** A place in a document: what a JSON pointer names, its key, or a character of a text. */
export interface Place extends Mark {
  readonly path: string;
}

/** A document that was read, and where everything in it stands. Offsets count UTF-16 units. */
export interface Source {
  readonly value?: Json;
  readonly faults: readonly TextFault[];
  /** Of YAML: values that its versions read differently. */
  readonly ambiguous?: readonly Ambiguous[];
  readonly offsets: (places: readonly Place[]) => number[];
  /** Whether a fault of the text stands within what a pointer names. */
  readonly holds: (pointer: string, fault: Pick<TextFault, 'offset' | 'path'>) => boolean;
}

/** A document in JSON. */
export function jsonSource(text: string, read: ReadJson = readJson(text)): Source {
  return {
    ...read,
    offsets: (places) => jsonOffsets(text, places),
    holds: (pointer, { path }) => path === undefined || path.startsWith(`${pointer}/`),
  };
}

/** Where places of a JSON text stand: one pass for all of them. */
export function jsonOffsets(text: string, places: readonly Place[]): number[] {
  if (places.length === 0) return [];
  const found = locate(
    text,
    places.map(({ path }) => path),
  );
  return places.map(({ path, onKey, within }) => {
    const { key, value, container } = found.get(path)!;
    if (onKey || container) return key;
    return within === undefined || text[value] !== '"' ? value : value + rawLength(text, value, within);
  });
}

/** How far into the raw string literal at `start` its `index`th character stands: an escape is longer than what it means. */
function rawLength(text: string, start: number, index: number): number {
  let raw = start + 1;
  for (let i = 0; i < index && text[raw] !== '"'; i++) raw += text[raw] !== '\\' ? 1 : text[raw + 1] === 'u' ? 6 : 2;
  return raw - start;
}

/** A text of which nothing is read: its places are offsets, `/17`. */
export function rawSource(text: string): Source {
  return {
    faults: [],
    offsets: (places) => places.map(({ path, within = 0 }) => Math.min(text.length, Number(path.slice(1)) + within)),
    holds: () => false,
  };
}
