import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Place } from '../../diagnostics/index.ts';
import { mappedPlace } from '../place.ts';
import type { Inspected } from './inspector.ts';

/** From lines and columns of a script, both from 0, to places in the file that the user wrote, by the script's source map. */
export function originalPlaces({
  url,
  sourceMap,
}: Inspected): (line: number, column: number, isFunction: boolean) => Place | undefined {
  const file = pathOf(url);
  const map = sourceMap === undefined ? undefined : mapOf(sourceMap, file);
  return (line, column, isFunction) => {
    if (file === '') return undefined;
    if (!map) return mappedPlace({ file, line: line + 1, column: column + 1 });
    const found = originalPositionFor(map, { line: line + 1, column });
    if (found.source === null) return undefined;
    const place = { file: resolve(dirname(file), pathOf(found.source)), line: found.line, column: found.column + 1 };
    return isFunction ? place : behindBrackets(place, sourceContentFor(map, found.source));
  };
}

/** Compilers drop the brackets around `(x as T)`, and map what is left to where they began. */
function behindBrackets(place: Place, text: string | null): Place {
  const line = text?.split('\n', place.line).at(-1) ?? '';
  const [brackets] = /^[\s(]*/.exec(line.slice(place.column - 1)) as RegExpExecArray;
  return { ...place, column: place.column + brackets.length };
}

const maps = new Map<string, TraceMap | undefined>();

function mapOf(url: string, file: string): TraceMap | undefined {
  const key = url.startsWith('data:') ? url : resolve(dirname(file), url);
  if (!maps.has(key)) maps.set(key, read(key));
  return maps.get(key);
}

function read(url: string): TraceMap | undefined {
  try {
    const data = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url);
    if (!data) return new TraceMap(readFileSync(pathOf(url), 'utf8'));
    const [, isBase64, text = ''] = data;
    return new TraceMap(isBase64 ? Buffer.from(text, 'base64').toString() : decodeURIComponent(text));
  } catch {
    // A map that cannot be read: places are those of the script.
    return undefined;
  }
}

/** A script's name as a path. */
function pathOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}
