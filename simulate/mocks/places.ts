import { token } from '../../asl/json/pointer.ts';
import type { AnswerPath } from '../../asl/services/answer-faults.ts';

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
