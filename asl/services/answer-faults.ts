import { isObject, type Json, type JsonObject } from '../json/value.ts';
import type { ResultShape } from './sdk-results.ts';

/** Where something stands within an answer: names of members, and places in lists. */
export type AnswerPath = readonly (string | number)[];

/** Something that a service's answer of a shape could not hold. */
export type AnswerFault = UnknownMember | MissingMember | WrongType | UnknownValue;

/** A member that the structure has not; `known` are those that it has. */
export interface UnknownMember {
  readonly kind: 'unknown';
  readonly path: AnswerPath;
  readonly name: string;
  readonly known: readonly string[];
}
/** A required member that the structure at `path` lacks. */
export interface MissingMember {
  readonly kind: 'missing';
  readonly path: AnswerPath;
  readonly name: string;
}
export interface WrongType {
  readonly kind: 'type';
  readonly path: AnswerPath;
  readonly expected: ExpectedType;
  readonly value: Json;
}
/** A text that is none of those that the API has. */
export interface UnknownValue {
  readonly kind: 'enum';
  readonly path: AnswerPath;
  readonly value: string;
  readonly known: readonly string[];
}
export type ExpectedType = 'an object' | 'an array' | 'a string' | 'a number' | 'a whole number' | 'a boolean';

/**
 * What is wrong in a value that stands for a service's answer: members that the API has not, required ones that are missing, and wrong
 * types, in the order of the shape, outer before inner. Lengths and ranges are not looked at.
 * @param shape that of the answer, as `answerOf` says it
 * @param numbersForTimes times may be numbers, as they are in the description of a job that has been waited for
 * @example [...answerFaults({ Count: '1' }, answerOf('arn:aws:states:::aws-sdk:dynamodb:query')!)] // Count: not a whole number
 */
export function* answerFaults(
  value: Json,
  shape: ResultShape,
  { numbersForTimes = false }: { readonly numbersForTimes?: boolean } = {},
  path: AnswerPath = [],
): Generator<AnswerFault> {
  const inner = (item: Json, of: ResultShape, at: string | number) =>
    answerFaults(item, of, { numbersForTimes }, [...path, at]);
  const expected = expectedType(value, shape, numbersForTimes);
  if (expected !== undefined) {
    yield { kind: 'type', path, expected, value };
    return;
  }
  switch (shape.kind) {
    case 'structure':
      for (const [name, { required, shape: of }] of shape.members) {
        if (Object.hasOwn(value as JsonObject, name)) yield* inner((value as JsonObject)[name] as Json, of(), name);
        else if (required) yield { kind: 'missing', path, name };
      }
      for (const name of Object.keys(value as JsonObject)) {
        if (shape.members.has(name)) continue;
        yield { kind: 'unknown', path: [...path, name], name, known: [...shape.members.keys()] };
      }
      return;
    case 'list':
      for (const [at, item] of (value as readonly Json[]).entries()) yield* inner(item, shape.of(), at);
      return;
    case 'map':
      for (const [key, item] of Object.entries(value as JsonObject)) yield* inner(item, shape.of(), key);
      return;
    case 'enum':
      if (!shape.values.includes(value as string))
        yield { kind: 'enum', path, value: value as string, known: shape.values };
  }
}

/** The type that a value of the shape has, where the value has another one. */
function expectedType(value: Json, shape: ResultShape, numbersForTimes: boolean): ExpectedType | undefined {
  const unless = (holds: boolean, expected: ExpectedType) => (holds ? undefined : expected);
  switch (shape.kind) {
    case 'structure':
    case 'map':
      return unless(isObject(value), 'an object');
    case 'list':
      return unless(Array.isArray(value), 'an array');
    case 'integer':
      return typeof value === 'number' ? unless(Number.isInteger(value), 'a whole number') : 'a number';
    case 'number':
      return unless(typeof value === 'number', 'a number');
    case 'boolean':
      return unless(typeof value === 'boolean', 'a boolean');
    case 'timestamp':
      return unless(typeof value === 'string' || (numbersForTimes && typeof value === 'number'), 'a string');
    case 'string':
    case 'blob':
    case 'enum':
      return unless(typeof value === 'string', 'a string');
    case 'any':
      return undefined;
  }
}
