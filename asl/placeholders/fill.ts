import type { Json } from '../json/value.ts';

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
