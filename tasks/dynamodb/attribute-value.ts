import { type Check, check, isReference, listOf, mapOf, misfit, value } from '../../authoring/internal.ts';

const NUMBER: unique symbol = Symbol.for('dagwright.dynamodb.number') as never;

/** A number that only a run knows. */
export interface NumberLater {
  readonly [NUMBER]: unknown;
}

/** What an attribute of an item may be: plain values, and references, each of which is a text unless `number(…)` says otherwise. */
export type Value =
  | string
  | number
  | boolean
  | null
  | NumberLater
  | readonly Value[]
  | { readonly [name: string]: Value };

/**
 * A reference that is a number in DynamoDB: what kind a value is that only a run knows, its reference does not say.
 * @example
 * ```ts
 * const rows = dag.task('rows', lambda.invoke<{ rows: number }>({ function: 'count' }));
 * dag.task('keep', dynamodb.put({ table: 'state', item: { id: 'rows', rows: dynamodb.number(rows.output.rows) } }));
 * ```
 */
export function number(reference: number): NumberLater {
  return Object.freeze({ [NUMBER]: reference });
}

function numberIn(given: unknown): { readonly of: unknown } | undefined {
  return typeof given === 'object' && given !== null && !isReference(given) && NUMBER in given
    ? { of: (given as NumberLater)[NUMBER] }
    : undefined;
}

/**
 * A value as DynamoDB has it, each with its type: a text and a reference are S, a number N, true and false BOOL, null NULL, a list L, an
 * object M.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
 * @example attributeValue({ id: 'last', rows: 3 }) // { M: { id: { S: 'last' }, rows: { N: '3' } } }
 */
export function attributeValue(given: unknown): { readonly [type: string]: unknown } {
  const later = numberIn(given);
  if (later !== undefined) return { N: `${later.of as string}` };
  // A reference becomes the text that stands for its value.
  if (typeof given === 'string' || isReference(given)) return { S: `${given as string}` };
  if (typeof given === 'number') return { N: String(given) };
  if (typeof given === 'boolean') return { BOOL: given };
  if (given === null || given === undefined) return { NULL: true };
  if (Array.isArray(given)) return { L: given.map(attributeValue) };
  return { M: attributeValues(given as object) };
}

/** The attributes of an item, or of its key. */
export function attributeValues(of: object): { readonly [name: string]: unknown } {
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, one]) => (one === undefined ? [] : [[name, attributeValue(one)]])),
  );
}

const ITEM = 'an object of plain values and references, `{ id: dag.logicalDate, rows: 3 }`';
const KEY = 'an object whose values are texts, numbers or references, `{ id: dag.logicalDate }`';
const PART = 'a text, a number, true, false, null, a list or an object of them, or a reference';
const KEY_PART = 'a text, a number or a reference';
const NUMBER_PART = '`dynamodb.number(…)` of a reference or a number';

/** Levels of lists and objects within an item. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const DEEPEST = 32;

/** The check of an item: an object that is not empty. */
export const item: Check = check(ITEM, (given, where) =>
  isEmpty(given) ? [misfit(given, where, ITEM)] : mapOf(partWithin([given]), `\`${ITEM}\``)(given, where),
);

/** The check of a key, whose attributes are texts and numbers. */
export const key: Check = check(KEY, (given, where) =>
  isEmpty(given) ? [misfit(given, where, KEY)] : mapOf(keyPart, `\`${KEY}\``)(given, where),
);

const keyPart: Check = check(KEY_PART, (given, where) =>
  isScalar(given) ? partWithin([])(given, where) : [misfit(given, where, KEY_PART)],
);

/** @param around the lists and objects that the part stands in */
function partWithin(around: readonly unknown[]): Check {
  return check(PART, (given, where) => {
    const later = numberIn(given);
    if (later !== undefined)
      return isReference(later.of) || Number.isFinite(later.of) ? [] : [misfit(later.of, where, NUMBER_PART)];
    if (typeof given === 'string' || isReference(given)) return value(given, where);
    if (given === null || given === undefined || typeof given === 'boolean' || Number.isFinite(given)) return [];
    if (typeof given !== 'object' || around.includes(given) || around.length > DEEPEST)
      return [misfit(given, where, PART)];
    const type = typeAround(given);
    if (type !== undefined) return [misfit(given, where, type in PLAIN ? ALONE(type) : BY_THE_CALL(type))];
    const inner = partWithin([...around, given]);
    if (Array.isArray(given)) return listOf(inner)(given, where);
    return isPlain(given) ? mapOf(inner, PART)(given, where) : [misfit(given, where, PART)];
  });
}

/** What DynamoDB's types hold, of those that a plain value is written for. */
const PLAIN: { readonly [type: string]: (inner: unknown) => boolean } = {
  S: (inner) => typeof inner === 'string' || isReference(inner),
  N: (inner) => ['string', 'number'].includes(typeof inner) || isReference(inner),
  BOOL: (inner) => typeof inner === 'boolean' || isReference(inner),
  NULL: (inner) => inner === true,
  L: Array.isArray,
  M: (inner) => isPlain(inner) && !isReference(inner),
};
const OTHERS: { readonly [type: string]: (inner: unknown) => boolean } = {
  B: (inner) => typeof inner === 'string',
  SS: Array.isArray,
  NS: Array.isArray,
  BS: Array.isArray,
};
const ALONE = (type: string) => `the value alone, for its type \`${type}\` is written here by itself`;
const BY_THE_CALL = (type: string) =>
  `a plain value; the type \`${type}\` takes \`aws({ service: 'dynamodb', action: 'putItem' })\``;

/** The type that somebody has written around a value, as DynamoDB's own calls have it: it would become an object within an object. */
function typeAround(given: object): string | undefined {
  if (!isPlain(given)) return undefined;
  const [type = '', ...others] = Object.keys(given);
  const holds = Object.hasOwn(PLAIN, type) ? PLAIN[type] : Object.hasOwn(OTHERS, type) ? OTHERS[type] : undefined;
  return others.length === 0 && holds?.((given as { [type: string]: unknown })[type]) ? type : undefined;
}

function isScalar(given: unknown): boolean {
  return ['string', 'number'].includes(typeof given) || isReference(given) || numberIn(given) !== undefined;
}

function isEmpty(given: unknown): boolean {
  return isPlain(given) && !isReference(given) && Object.keys(given).length === 0;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    const prototype = Object.getPrototypeOf(value) as unknown;
    return prototype === Object.prototype || prototype === null;
  } catch {
    // A proxy may refuse the question.
    return false;
  }
}

/**
 * The plain value of what DynamoDB answers, in JSONata: numbers are numbers, as exact as JSON's, sets are lists, bytes the text in Base64 that
 * they are.
 */
export const PLAIN_ITEM = [
  '($plain := function($value) {(',
  '$kind := $keys($value)[0]; $inner := $lookup($value, $kind); ',
  "$kind = 'N' ? $number($inner) : $kind = 'NULL' ? null : $kind = 'M' ? $object($inner) : ",
  // A list within a list stays one.
  "$kind = 'L' ? $reduce($inner, function($all, $one) ",
  "{($item := $plain($one); $append($all, $type($item) = 'array' ? [[$item]] : [$item]))}, []) : ",
  "$kind = 'NS' ? [$map($inner, function($one) {$number($one)})] : $kind in ['SS', 'BS'] ? [$inner] : $inner)}; ",
  '$object := function($values) {$merge([$each($values, function($value, $name) {{$name: $plain($value)}})])}; ',
  '$object($states.input.Item))',
].join('');
