import { refuse } from '../fault.ts';
import { isReference } from '../reference.ts';
import type { Arrow } from './arrow.ts';
import { inspectedArrow } from './inspected.ts';
import { loadedArrow } from './loaded.ts';

/**
 * What there is to know of an arrow, so that it can be translated: its syntax, the values of the names in it, and places in the user's
 * file. The loader wrote them down beside the arrow; where none was at work (a test that imports a DAG), Node's inspector tells them.
 * @throws Stop where it is no function, or one whose source cannot be read
 */
export function captureArrow(fn: unknown): Arrow {
  if (typeof fn !== 'function') {
    const value = isReference(fn) ? 'a reference' : fn === null ? 'null' : `a ${typeof fn}`;
    return refuse('DAG058', { value });
  }
  return loadedArrow(fn) ?? inspectedArrow(fn);
}
