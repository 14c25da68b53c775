import { createRequire } from 'node:module';
import type { parseExpressionAt } from 'acorn';
import type { Place } from '../../diagnostics/index.ts';
import { refuse } from '../fault.ts';
import type { Arrow } from './arrow.ts';
import { inspectFunction } from './inspector.ts';
import { originalPlaces } from './original-places.ts';
import { freeNames, type SyntaxNode } from './syntax.ts';

/** Only where no loader was at work: acorn is not loaded for a compilation. */
const require = createRequire(import.meta.url);

/** An arrow as V8 knows it: its text as it was compiled, the values in the scopes around it, and where it stands in its script. */
export function inspectedArrow(fn: Function): Arrow {
  const source = Function.prototype.toString.call(fn);
  const syntax = parsed(source);
  const names = freeNames(syntax);
  const found = inspectFunction(fn, names);
  const placeAt = originalPlaces(found);
  const placeOf = ({ start }: SyntaxNode): Place | undefined => {
    const before = source.slice(0, start);
    const line = before.split('\n').length - 1;
    const column = line === 0 ? found.column + start : start - before.lastIndexOf('\n') - 1;
    return placeAt(found.line + line, column);
  };
  return { source, place: placeOf(syntax), syntax, captured: found.captured, placeOf };
}

function parsed(source: string): SyntaxNode {
  const acorn = require('acorn') as { parseExpressionAt: typeof parseExpressionAt };
  try {
    return acorn.parseExpressionAt(source, 0, { ecmaVersion: 'latest' }) as unknown as SyntaxNode;
  } catch {
    const detail = source.includes('[native code]')
      ? 'it is built in, or bound'
      : 'it is no arrow or function expression';
    return refuse('DAG055', { detail });
  }
}
