import type { Place } from '../../diagnostics/index.ts';
import { shown } from '../checks/check.ts';
import { refuse } from '../faults.ts';
import { currentLoading } from '../loading.ts';
import { inspectedArrow } from './inspected-arrow.ts';
import type { SyntaxNode } from './syntax.ts';

/** An arrow function that is translated and never called, with what its capture found out. */
export interface Arrow {
  /** Its text, as it was written or as it was compiled. */
  readonly source: string;
  /** Where it begins. */
  readonly place: Place | undefined;
  readonly syntax: SyntaxNode;
  /** What the names in it that come from around it stood for when it was captured. A name that could not be read is not there. */
  readonly captured: ReadonlyMap<string, unknown>;
  /** Of a function to be deployed: the declarations of its file that it uses, as text. */
  readonly declarations?: string;
  /** The variables of its file, where they are known. */
  readonly names?: ReadonlySet<string>;
  /** Where a node of its syntax is in the user's file. */
  placeOf(node: SyntaxNode): Place | undefined;
}

/**
 * Captures what the translation of an arrow function needs: its syntax, the values of its free names, and places in the user's file. The
 * loader recorded them; without a loader (a test that imports a DAG file) they come from Node's inspector.
 * @throws Stop if the argument is not a function, or its source cannot be read
 */
export function captureArrow(fn: unknown): Arrow {
  if (typeof fn !== 'function') {
    return refuse('DAG058', { value: shown(fn) });
  }
  return loadedArrow(fn) ?? inspectedArrow(fn);
}

const arrows = new WeakMap<object, Arrow>();

/**
 * What the loader writes around an arrow: the arrow itself, whose syntax and captured values are kept.
 * @param captured a thunk for each name that the arrow takes from around it; one of a global name answers the global value
 */
export function arrow<F extends object>(
  fn: F,
  captured: { readonly [name: string]: () => unknown },
  file: string,
  start: number,
): F {
  const parsed = currentLoading().evaluation?.files.get(file);
  const syntax = parsed?.arrows.get(start);
  if (!parsed || !syntax) return fn;
  const values = new Map<string, unknown>();
  for (const [name, read] of Object.entries(captured)) {
    try {
      values.set(name, read());
    } catch {
      // Not declared, or not yet: it is reported where the arrow is translated.
    }
  }
  const placeOf = (node: SyntaxNode): Place => parsed.placeOf(node.start);
  const source = parsed.source.slice(syntax.start, syntax.end);
  arrows.set(fn, {
    source,
    place: placeOf(syntax),
    syntax,
    captured: values,
    ...(parsed.declarations?.has(start) && { declarations: parsed.declarations.get(start)! }),
    ...(parsed.names && { names: parsed.names }),
    placeOf,
  });
  return fn;
}

function loadedArrow(fn: object): Arrow | undefined {
  return arrows.get(fn);
}
