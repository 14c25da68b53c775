/** Stands for the name of a variable of the expression's own until every other name in it is known. No text holds it. */
export const LOCAL = '\uE001';

/**
 * A text as JSONata. Its escapes are JSON's, in single quotes where the text has none: a literal has no `\'` there. What looks like a
 * placeholder, `${…}`, or like an end of an expression is taken apart.
 */
export function textLiteral(text: string): string {
  const parts = text.split(/(?<=\$)(?=\{)|(?<=\{)(?=%)|(?<=%)(?=\})/).map(quoted);
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' & ')})`;
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text).replaceAll(LOCAL, '\\ue001');
  return text.includes("'") ? escaped : `'${escaped.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** Words that are values or begin a function where a name could stand. */
const WORDS = new Set(['true', 'false', 'null', 'function']);

/** A field of what stands before it: `.name`, or undefined where no quoting can write the name. */
export function fieldStep(name: string): string | undefined {
  if (/^[A-Za-z_]\w*$/.test(name) && !WORDS.has(name)) return `.${name}`;
  return name === '' || /[`\uE001]/.test(name) ? undefined : `.\`${name}\``;
}
