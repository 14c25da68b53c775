/** A JSONata string literal. Its escapes are JSON's, in single quotes where the text has none: a literal has no `\'` there. */
export function literal(text: string): string {
  const quote = text.includes("'") ? '"' : "'";
  return `${quote}${escaped(text, quote)}${quote}`;
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
