import type { Json, JsonObject } from '../json.ts';

/**
 * What an object that calls a function of CloudFormation gives, as a text with placeholders: `{"Ref": "Bucket"}`,
 * `{"Fn::GetAtt": ["Function", "Arn"]}`, `{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":s3:::b"]]}`. Undefined
 * for any other object.
 *
 * @example
 * intrinsicText({ 'Fn::Sub': 'arn:${AWS::Partition}:states:::lambda:invoke' }) // 'arn:${AWS::Partition}:states:::lambda:invoke'
 */
export function intrinsicText(value: JsonObject): string | undefined {
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined || !(name === 'Ref' || FUNCTION.test(name))) return undefined;
  return textOf(name, value[name]!);
}

/** A key in whose place others come when the document is deployed: a placeholder aside, a macro or a loop of CloudFormation. */
export function isMacroKey(key: string): boolean {
  return key.startsWith('Fn::');
}

const FUNCTION = /^Fn::[A-Za-z0-9]+$/;
/** Parts of a Fn::Join that call functions themselves are read to this depth; deeper ones are a placeholder as a whole. */
const MAX_DEPTH = 10;

function textOf(name: string, argument: Json, depth = 0): string {
  if (name === 'Fn::Sub') {
    const [text] = [argument].flat() as Json[];
    if (typeof text === 'string') return text;
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && depth < MAX_DEPTH) {
    const [separator, parts] = argument as Json[];
    if (typeof separator === 'string' && Array.isArray(parts))
      return parts.map((part: Json) => partText(part, depth)).join(separator);
  }
  const named = [argument].flat().filter((part) => typeof part === 'string' && /^[\w.:-]+$/.test(part));
  const called = name === 'Ref' || name === 'Fn::GetAtt' ? [] : [name.replace('Fn::', '')];
  return `\${${[...called, ...(named.length > 0 ? [named.join('.')] : [])].join(' ') || name}}`;
}

function partText(part: Json, depth: number): string {
  if (typeof part !== 'object' || part === null) return String(part);
  const [name] = Object.keys(part);
  return Array.isArray(part) || name === undefined
    ? '${…}'
    : textOf(name, (part as JsonObject)[name] as Json, depth + 1);
}
