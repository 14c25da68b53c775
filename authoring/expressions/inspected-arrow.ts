import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';
import type { parseExpressionAt } from 'acorn';
import type { Place } from '../../diagnostics/index.ts';
import { refuse } from '../faults.ts';
import { mappedPlace } from '../place.ts';
import type { Arrow } from './arrow.ts';
import { type Inspected, inspectFunction } from './inspector.ts';
import { freeNames, isFunction, type SyntaxNode } from './syntax.ts';

/** Only where no loader was at work: acorn is not loaded for a compilation. */
const require = createRequire(import.meta.url);

/** An arrow as V8 knows it: its text as it was compiled, the values in the scopes around it, and its place in its script. */
export function inspectedArrow(fn: Function): Arrow {
  const source = Function.prototype.toString.call(fn);
  const syntax = parsed(source);
  const names = freeNames(syntax);
  const found = inspectFunction(fn, names);
  const placeAt = originalPlaces(found);
  // Of a `function` V8 says where its parameters begin.
  const parameters = /^(async\s+)?function\b[^(]*/.exec(source)?.[0] ?? '';
  const placeOf = (node: SyntaxNode): Place | undefined => {
    const [line, column] = position(source, node.start);
    const [from, ahead] = position(parameters, parameters.length);
    return placeAt(
      found.line + line - from,
      line === 0 && from === 0 ? found.column + column - ahead : column,
      isFunction(node),
    );
  };
  return { source, place: placeOf(syntax), syntax, captured: found.captured, placeOf };
}

/** Line and column of an offset, from 0. */
function position(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset);
  return [before.split('\n').length - 1, offset - before.lastIndexOf('\n') - 1];
}

function parsed(source: string): SyntaxNode {
  const acorn = require('acorn') as { parseExpressionAt: typeof parseExpressionAt };
  try {
    const syntax = acorn.parseExpressionAt(source, 0, { ecmaVersion: 'latest' }) as unknown as SyntaxNode;
    if (isFunction(syntax)) return syntax;
  } catch {
    // A built-in function or a method: refused below.
  }
  const detail = source.includes('[native code]')
    ? 'it is built in, or bound'
    : 'it is no arrow or function expression';
  return refuse('DAG055', { detail });
}

/** From lines and columns of a script, both from 0, to places in the file that the user wrote, by the script's source map. */
function originalPlaces({
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
