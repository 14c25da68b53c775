import type { Json, JsonObject } from '../json/value.ts';

/** A piece of a text that a function of CloudFormation makes. */
export interface Part {
  readonly text: string;
  /** Where it stands, as a JSON pointer from the value: a literal, or the call that gives it. */
  readonly at: string;
  /** Made by a call: a placeholder, and no character of the document. */
  readonly called: boolean;
  /** Its `${name}` are filled in by Fn::Sub. */
  readonly substituted: boolean;
}

/**
 * What an object that calls a function of CloudFormation gives, as a text with placeholders, and of a text itself: `{"Ref": "Bucket"}`,
 * `{"Fn::GetAtt": ["Function", "Arn"]}`, `{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":s3:::b"]]}`. Undefined
 * for any other object.
 *
 * @example
 * intrinsicText({ 'Fn::Sub': 'arn:${AWS::Partition}:states:::lambda:invoke' }) // 'arn:${AWS::Partition}:states:::lambda:invoke'
 */
export function intrinsicText(value: Json): string | undefined {
  return intrinsicParts(value)
    ?.map(({ text }) => text)
    .join('');
}

/**
 * The same, piece by piece, each with its place; of a text, itself.
 *
 * @example
 * intrinsicParts({ 'Fn::Join': ['', ['a', { Ref: 'B' }]] }) // 'a' at /Fn::Join/1/0, '${B}' at /Fn::Join/1/1
 */
export function intrinsicParts(value: Json): readonly Part[] | undefined {
  if (typeof value === 'string') return [{ text: value, at: '', called: false, substituted: false }];
  const call = callOf(value);
  return call && partsOf(call, '', 0);
}

/** A key in whose place others come when the document is deployed: a placeholder aside, a macro or a loop of CloudFormation. */
export function isMacroKey(key: string): boolean {
  return key.startsWith('Fn::');
}

interface Call {
  readonly name: string;
  readonly argument: Json;
}

/** The function that a value calls. */
export function callOf(value: Json | undefined): Call | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined || !(name === 'Ref' || FUNCTION.test(name))) return undefined;
  return { name, argument: (value as JsonObject)[name]! };
}

const FUNCTION = /^Fn::[A-Za-z0-9]+$/;
/** Parts of a Fn::Join that call functions themselves are read to this depth; deeper ones are a placeholder as a whole. */
const MAX_DEPTH = 10;

function partsOf({ name, argument }: Call, at: string, depth: number): readonly Part[] {
  const inside = `${at}/${name}`;
  if (name === 'Fn::Sub') {
    const list = Array.isArray(argument);
    const text = list ? (argument as readonly Json[])[0] : argument;
    if (typeof text === 'string')
      return [{ text, at: list ? `${inside}/0` : inside, called: false, substituted: true }];
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && depth < MAX_DEPTH) {
    const [separator, parts] = argument as Json[];
    if (typeof separator === 'string' && Array.isArray(parts)) return joined(separator, parts, inside, depth);
  }
  const named = [argument].flat().filter((part) => typeof part === 'string' && /^[\w.:-]+$/.test(part));
  const called = name === 'Ref' || name === 'Fn::GetAtt' ? [] : [name.replace('Fn::', '')];
  const text = `\${${[...called, ...(named.length > 0 ? [named.join('.')] : [])].join(' ') || name}}`;
  return [{ text, at, called: true, substituted: false }];
}

function joined(separator: string, parts: readonly Json[], inside: string, depth: number): Part[] {
  const between: Part = { text: separator, at: `${inside}/0`, called: false, substituted: false };
  if (parts.length === 0) return [{ ...between, text: '' }];
  return parts.flatMap((part, i) => [
    ...(i > 0 && separator !== '' ? [between] : []),
    ...joinedPart(part, `${inside}/1/${i}`, depth),
  ]);
}

function joinedPart(part: Json, at: string, depth: number): readonly Part[] {
  if (typeof part !== 'object' || part === null) return [{ text: String(part), at, called: false, substituted: false }];
  const [name] = Object.keys(part);
  return Array.isArray(part) || name === undefined
    ? [{ text: '${…}', at, called: true, substituted: false }]
    : partsOf({ name, argument: (part as JsonObject)[name]! }, at, depth + 1);
}
