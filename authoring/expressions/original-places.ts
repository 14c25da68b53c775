import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Place } from '../../diagnostics/index.ts';
import { mappedPlace } from '../place.ts';
import type { Inspected } from './inspector.ts';

/** From lines and columns of a script, both from 0, to places in the file that the user wrote, by the script's source map. */
export function originalPlaces({ url, sourceMap }: Inspected): (line: number, column: number) => Place | undefined {
  const file = pathOf(url);
  const map = sourceMap === undefined ? undefined : mapOf(sourceMap, file);
  return (line, column) => {
    if (file === '') return undefined;
    if (!map) return mappedPlace({ file, line: line + 1, column: column + 1 });
    const found = originalPositionFor(map, { line: line + 1, column });
    if (found.source === null) return undefined;
    return { file: resolve(dirname(file), pathOf(found.source)), line: found.line, column: found.column + 1 };
  };
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
