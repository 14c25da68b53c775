import { createRequire } from 'node:module';
import type { parseExpressionAt } from 'acorn';
import type { Place } from '../../diagnostics/index.ts';
import { refuse } from '../fault.ts';
import type { Arrow } from './arrow.ts';
import { inspectFunction } from './inspector.ts';
import { originalPlaces } from './original-places.ts';
import { freeNames, isFunction, type SyntaxNode } from './syntax.ts';

/** Only where no loader was at work: acorn is not loaded for a compilation. */
const require = createRequire(import.meta.url);

/** An arrow as V8 knows it: its text as it was compiled, the values in the scopes around it, and where it stands in its script. */
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
    // A built-in function, a method: told below.
  }
  const detail = source.includes('[native code]')
    ? 'it is built in, or bound'
    : 'it is no arrow or function expression';
  return refuse('DAG055', { detail });
}
