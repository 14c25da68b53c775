import { locate, positions } from '../../asl/json/locate.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';

/** The diagnostics whose `path` leads into the JSON of a file, with the line and the column where it stands there. */
export function placedIn(text: string, file: string, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const pointers = found.flatMap(({ path }) => (path === undefined ? [] : [path]));
  // Standard input cannot be shown again.
  if (pointers.length === 0 || file === '-') return found;
  const offsets = locate(text, pointers);
  const positionOf = positions(text);
  return found.map((one) => {
    const at = one.path === undefined ? undefined : offsets.get(one.path);
    return at === undefined ? one : { ...one, place: { file, ...positionOf(at.key) } };
  });
}
