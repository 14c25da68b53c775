import { locate, positions } from '../../asl/json/locate.ts';
import { token } from '../../asl/json/pointer.ts';
import type { AnswerPath } from '../../asl/services/answer-faults.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';

/** The key of a response that answers every call. */
export const EVERY_INVOCATION = `0-${Number.MAX_SAFE_INTEGER}`;

/** `crawl.0.Return.Crawler.State`. */
export function placeText(place: readonly string[], path: AnswerPath): string {
  const steps = place.filter((step) => step !== EVERY_INVOCATION);
  return [...steps, ...path].reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** A JSON pointer (RFC 6901). */
export function pointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${token(String(step))}`).join('');
}

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
