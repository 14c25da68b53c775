import { shown } from '../checks/shown.ts';
import { refuse } from '../fault.ts';
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
    return refuse('DAG058', { value: shown(fn) });
  }
  return loadedArrow(fn) ?? inspectedArrow(fn);
}
