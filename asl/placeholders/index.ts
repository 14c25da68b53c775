import type { Json } from '../json/value.ts';
import { placeholdersOf, type Span } from './find.ts';

export { hasPlaceholder, placeholdersOf, type Span } from './find.ts';
export { callOf, intrinsicParts, intrinsicText, isMacroKey, type Part } from './intrinsics.ts';

/**
 * The names of placeholders that are ours to fill: those that SAM's DefinitionSubstitutions and Terraform's templatefile
 * both take. A name that is none (`my-bucket`, `a b`) would stay unfilled.
 *
 * @example
 * isPlaceholderName('data_bucket') // true
 * isPlaceholderName('data-bucket') // false
 */
export function isPlaceholderName(name: string): boolean {
  return WHOLE_NAME.test(name);
}

/** A name as the placeholder that it is in a text: `${name}`. */
export function placeholder(name: string): string {
  return `\${${name}}`;
}

/** Whether a text is one placeholder `${name}` and nothing else. */
export function isPlaceholder(text: string): boolean {
  return text.startsWith('${') && text.endsWith('}') && isPlaceholderName(text.slice(2, -1));
}

/**
 * The text with each `${name}` filled in; names that `values` does not have stay as they are.
 *
 * @example
 * fillText('s3://${bucket}/${key}', { bucket: 'b' }) // 's3://b/${key}'
 */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
}

/**
 * A document with each `${name}` in its texts filled in; keys stay as they are.
 *
 * @example
 * fillPlaceholders({ Bucket: '${bucket}' }, { bucket: 'b' }) // { Bucket: 'b' }
 */
export function fillPlaceholders<T>(document: T, values: Readonly<Record<string, string>>): T {
  return fill(document as Json, values) as T;
}

/** The names of the placeholders `${name}` in a text, each once, in order of name. */
export function placeholderNames(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name!))].sort();
}

const NAME = '[A-Za-z_][A-Za-z0-9_]*';
const PLACEHOLDER = new RegExp(`\\$\\{(${NAME})\\}`, 'g');
const WHOLE_NAME = new RegExp(`^${NAME}$`);

function fill(json: Json, values: Readonly<Record<string, string>>): Json {
  if (typeof json === 'string') return fillText(json, values);
  if (Array.isArray(json)) return json.map((item: Json) => fill(item, values));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fill(value as Json, values)]));
}

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

/** What the languages of templates write outside of quotes: Terraform, Jinja and Go, ERB, the shell. */
const CONSTRUCT = /[$#%]\{|\{\{|\{%|\{#|<%|\$[A-Za-z_(]/y;
/** What ends them. */
const CLOSERS: { readonly [open: string]: string } = {
  '${': '}',
  '#{': '}',
  '%{': '}',
  '{{': '}}',
  '{%': '%}',
  '{#': '#}',
  '<%': '%>',
};
/** Those that stand within strings and have quotes of their own. `{%` is JSONata's there. */
const QUOTING = ['${', '%{', '{{', '<%'];
const LONGEST = 40;

/**
 * What of a template stands at a place where a text stops being JSON or YAML, or around it: unquoted, as `${n}` or
 * `%{ if … }`, or with quotes of its own within a string, as `"${lookup(m, "k")}"`. Undefined where nothing does.
 */
export function templateAt(text: string, offset: number): string | undefined {
  for (const start of [offset, offset - 1]) {
    CONSTRUCT.lastIndex = start;
    if (start >= 0 && CONSTRUCT.test(text)) return snippet(text, start);
  }
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  for (const open of QUOTING) {
    const start = text.slice(line, offset).lastIndexOf(open);
    if (start !== -1 && !text.slice(line + start, offset).includes(CLOSERS[open]!)) return snippet(text, line + start);
  }
  return undefined;
}

function snippet(text: string, start: number): string {
  const close = CLOSERS[text.slice(start, start + 2)];
  const end = close === undefined ? -1 : text.indexOf(close, start + 2);
  const whole =
    end === -1
      ? (/^(?:[$#%{<][{%#(]?)?-?\w*/.exec(text.slice(start, start + LONGEST))?.[0] ?? '')
      : text.slice(start, end + close!.length);
  const short = whole.replace(/\s+/g, ' ');
  return short.length > LONGEST ? `${short.slice(0, LONGEST)}…` : short;
}
