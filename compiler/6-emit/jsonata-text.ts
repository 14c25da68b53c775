import { textLiteral } from '../../authoring/internal.ts';

/** A JSONata string literal. What looks like a placeholder is taken apart: whoever deploys the machine would fill it in. */
export const literal = textLiteral;

/** A text for people. It cannot be taken apart, so that a placeholder in it gets a blank. */
export function commentText(text: string): string {
  return text.replaceAll('${', '$ {');
}

/** The inside of a literal in these quotes. */
export function escaped(text: string, quote: '"' | "'"): string {
  const json = JSON.stringify(text).slice(1, -1);
  return quote === '"' ? json : json.replaceAll('\\"', '"');
}

/** A list of literals, `['a', 'b']`. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}

/** A whole field that is computed. */
export function computed(expression: string): string {
  return `{% ${expression} %}`;
}
