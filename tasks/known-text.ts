import {
  describeTarget,
  isReference,
  mayHoldToken,
  splitTokens,
  type Target,
  targetOf,
} from '../authoring/internal.ts';

/** A text that is known now; undefined for a reference, or a text with one in it. */
export function knownText(given: unknown): string | undefined {
  return typeof given === 'string' && !mayHoldToken(given) ? given : undefined;
}

/** A parameter as people read it, with references by what they refer to: `dag.env.size`. */
export function textForPeople(given: unknown): string {
  if (isReference(given)) return describeTarget(targetOf(given) as Target);
  if (typeof given !== 'string') return String(given);
  return splitTokens(given)
    .map((piece) => ('target' in piece ? describeTarget(piece.target) : 'text' in piece ? piece.text : ''))
    .join('');
}
