/** A JSONata string literal. Its escapes are JSON's, in single quotes where the text has none: a literal has no `\'` there. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return text.includes("'") ? JSON.stringify(text) : `'${escaped}'`;
}

/** A list of literals, `['a', 'b']`. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}

/** A whole field that is computed. */
export function computed(expression: string): string {
  return `{% ${expression} %}`;
}
