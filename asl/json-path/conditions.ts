import { parseTimestamp } from '../interpret/clocks.ts';
import type { Json } from '../json/value.ts';
import type { ChoiceRule } from '../language/types.ts';

type Operator = (value: Json, expected: Json) => boolean;

const IS: { readonly [kind: string]: (value: Json) => boolean } = {
  Null: (value) => value === null,
  Numeric: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Timestamp: (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
};
const ORDERS: { readonly [order: string]: (difference: number) => boolean } = {
  Equals: (difference) => difference === 0,
  LessThan: (difference) => difference < 0,
  LessThanEquals: (difference) => difference <= 0,
  GreaterThan: (difference) => difference > 0,
  GreaterThanEquals: (difference) => difference >= 0,
};
/** How two values of a kind differ; NaN, of which no order is true, where one is not of the kind. */
const DIFFERENCES: { readonly [kind: string]: (a: Json, b: Json) => number } = {
  Numeric: (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : Number.NaN),
  String: (a, b) => (typeof a === 'string' && typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : Number.NaN),
  Timestamp: (a, b) => instant(a) - instant(b),
};

function instant(value: Json): number {
  return (typeof value === 'string' ? parseTimestamp(value) : undefined) ?? Number.NaN;
}

/** The comparisons by name, without the `Path` that some may end in. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...Object.entries(DIFFERENCES).flatMap(([kind, difference]) =>
    Object.entries(ORDERS).map(([order, test]): [string, Operator] => [
      `${kind}${order}`,
      (value, expected) => test(difference(value, expected)),
    ]),
  ),
  ...Object.entries(IS).map(([kind, test]): [string, Operator] => [
    `Is${kind}`,
    (value, expected) => test(value) === expected,
  ]),
  ['BooleanEquals', (value, expected) => typeof value === 'boolean' && value === expected],
  ['StringMatches', (value, expected) => typeof value === 'string' && matchesWildcards(value, String(expected))],
]);

/** How a rule reads its paths: `Variable` must lead somewhere, unless the rule asks whether it does. */
export interface Reading {
  present(path: string): boolean;
  read(path: string): Json;
}

/**
 * Whether a choice rule in JSONPath holds.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function holds(rule: ChoiceRule, reading: Reading): boolean {
  if (rule.And !== undefined) return rule.And.every((inner) => holds(inner, reading));
  if (rule.Or !== undefined) return rule.Or.some((inner) => holds(inner, reading));
  if (rule.Not !== undefined) return !holds(rule.Not, reading);
  const variable = rule.Variable as string;
  if (rule.IsPresent !== undefined) return reading.present(variable) === rule.IsPresent;
  for (const name in rule) {
    const operand = rule[name];
    const direct = OPERATORS.get(name);
    if (direct !== undefined) return direct(reading.read(variable), operand as Json);
    const other = name.endsWith('Path') ? OPERATORS.get(name.slice(0, -4)) : undefined;
    if (other !== undefined) return other(reading.read(variable), reading.read(String(operand)));
  }
  return false;
}

/**
 * Whether a text is of the pattern of `StringMatches`: `*` stands for any characters, `\*` for itself, `\\` for a backslash. No regular
 * expression: one with many `.*` takes for ever on some texts.
 */
export function matchesWildcards(text: string, pattern: string): boolean {
  const [first = '', ...rest] = partsOf(pattern);
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  // The earliest place is the best one for each part between.
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The parts of a pattern between its wildcards. */
function partsOf(pattern: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < pattern.length; at++) {
    const [character, next] = [pattern[at] as string, pattern[at + 1]];
    if (character === '*') {
      parts.push(part);
      part = '';
    } else if (character === '\\' && (next === '*' || next === '\\')) {
      part += next;
      at++;
    } else part += character;
  }
  return [...parts, part];
}
