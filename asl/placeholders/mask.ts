import { placeholdersOf, type Span } from './find.ts';

/** Stands for a character of a placeholder while the text around it is read: no text of a definition holds it. */
export const MASK = '\uE003';

/** A text that can be read with its placeholders in it; everything stands where it stood. */
export interface Masked {
  readonly text: string;
  /** All placeholders stand within literals: what is wrong around them is wrong whatever they are filled with. */
  readonly inLiterals: boolean;
}

/**
 * A JSONata expression with something of its own grammar in the place of each placeholder: a part of a literal or of a
 * name, else a variable.
 *
 * @example
 * maskedExpression("${n} > 1 and $x.${field} = '${text}'").text // a variable, a name, a part of a text, each as long as what it is for
 */
export function maskedExpression(text: string): Masked | undefined {
  return masked(text, '"\'`', (before, length) =>
    /[\w$.\p{L}\uE003]$/u.test(before) ? MASK.repeat(length) : `$${MASK.repeat(length - 1)}`,
  );
}

/** A JSONPath, or a call of an intrinsic function, with a name, an argument or a part of a text for each placeholder. */
export function maskedPath(text: string): Masked | undefined {
  return masked(text, "'", (before, length) =>
    /[(,]\s*$/.test(before) ? `$.${MASK.repeat(length - 2)}` : MASK.repeat(length),
  );
}

/** The placeholders of a text, and of each whether it stands between quotes. */
export function placeholdersAround(text: string, quotes: string): readonly (Span & { readonly quoted: boolean })[] {
  const spans = placeholdersOf(text);
  const within = literalsAround(text, quotes, spans);
  return spans.map((span, i) => ({ ...span, quoted: within[i]! }));
}

function masked(text: string, quotes: string, standIn: (before: string, length: number) => string): Masked | undefined {
  const spans = placeholdersOf(text);
  if (spans.length === 0) return undefined;
  const within = literalsAround(text, quotes, spans);
  let made = '';
  let end = 0;
  for (const [i, span] of spans.entries()) {
    made += text.slice(end, span.start);
    const length = span.end - span.start;
    made += within[i] ? MASK.repeat(length) : standIn(made.slice(-20), length);
    end = span.end;
  }
  return { text: made + text.slice(end), inLiterals: within.every(Boolean) };
}

/** Of each placeholder, whether it stands between quotes. Quotes within placeholders are theirs. */
function literalsAround(text: string, quotes: string, spans: readonly Span[]): boolean[] {
  const within: boolean[] = [];
  let open: string | undefined;
  let next = 0;
  for (let i = 0; i < text.length; i++) {
    if (spans[next]?.start === i) {
      within.push(open !== undefined);
      i = spans[next]!.end - 1;
      next++;
    } else if (open !== undefined) {
      if (text[i] === '\\') i++;
      else if (text[i] === open) open = undefined;
    } else if (quotes.includes(text[i]!)) open = text[i];
  }
  while (within.length < spans.length) within.push(true);
  return within;
}
