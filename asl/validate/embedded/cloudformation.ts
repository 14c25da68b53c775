import { token } from '../../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { callOf, hasPlaceholder, intrinsicParts, intrinsicText, isMacroKey } from '../../placeholders/index.ts';
import type { Definition, Embedded, Substitutions } from './definition.ts';

/** The fields that a resource takes a definition from, by its type. */
const FIELDS: { readonly [type: string]: readonly string[] } = {
  'AWS::StepFunctions::StateMachine': ['Definition', 'DefinitionString', 'DefinitionS3Location'],
  'AWS::Serverless::StateMachine': ['Definition', 'DefinitionUri'],
};
const ALL_FIELDS = ['Definition', 'DefinitionString', 'DefinitionUri', 'DefinitionS3Location'];

/** Whether a resource is a state machine, of CloudFormation or SAM. */
export function isStateMachine(resource: Json): boolean {
  return isObject(resource) && Object.hasOwn(FIELDS, String(resource.Type));
}

/** The state machines among the resources of a template, those made by `Fn::ForEach` among them. */
export function machinesOf(resources: JsonObject, at: string): Embedded[] {
  return Object.entries(resources).flatMap(([name, resource]) => {
    const here = `${at}/${token(name)}`;
    if (isMacroKey(name) && Array.isArray(resource))
      return (resource as readonly Json[]).flatMap((one, i) => (isObject(one) ? machinesOf(one, `${here}/${i}`) : []));
    return isObject(resource) && isStateMachine(resource) ? machineOf(name, resource, here) : [];
  });
}

/** The definitions of one resource: several where `Fn::If` chooses between them. */
export function machineOf(machine: string, resource: JsonObject, at: string): Embedded[] {
  const type = String(resource.Type);
  const properties = resource.Properties ?? {};
  if (!isObject(properties) || callOf(properties) !== undefined)
    return [{ machine, express: false, at, is: { kind: 'elsewhere', what: 'what its Properties call' } }];
  const express = (properties.Type ?? properties.StateMachineType) === 'EXPRESS';
  const inside = `${at}/Properties`;
  const fields = ALL_FIELDS.filter((field) => properties[field] !== undefined && !isNoValue(properties[field]!));
  const wrong = wrongFields(type, fields);
  if (wrong !== undefined) {
    const place = fields.length > 0 ? `${inside}/${fields.at(-1)!}` : at;
    return [{ machine, express, at: place, is: { kind: 'wrong', ...wrong } }];
  }
  const field = fields[0]!;
  const fills = substitutionsOf(properties.DefinitionSubstitutions, `${inside}/DefinitionSubstitutions`);
  return alternatives(properties[field]!, `${inside}/${field}`).map(
    ({ value, at }): Embedded => ({ machine, express, at, is: definitionOf(field, value), ...(fills && { fills }) }),
  );
}

function wrongFields(type: string, fields: readonly string[]): { detail: string; remedy: string } | undefined {
  const known = FIELDS[type]!;
  const list = `${known.slice(0, -1).join(', ')} or ${known.at(-1)!}`;
  const foreign = fields.find((field) => !known.includes(field));
  if (foreign !== undefined)
    return { detail: `${type} has no ${foreign}`, remedy: `Write ${list}, or use the type that has ${foreign}.` };
  if (fields.length === 0) return { detail: 'it has no definition', remedy: `Write ${list}.` };
  if (fields.length > 1)
    return { detail: `it has ${fields.join(' and ')}; only one of them may stand there`, remedy: 'Keep one of them.' };
  return undefined;
}

function definitionOf(field: string, value: Json): Definition {
  const call = callOf(value);
  if (call?.name === 'Fn::Transform') return included(call.argument);
  if (field === 'DefinitionString') {
    if (call?.name === 'Fn::ToJsonString') return { kind: 'object' };
    const parts = intrinsicParts(value);
    if (parts === undefined)
      return {
        kind: 'wrong',
        detail: 'DefinitionString is no text',
        remedy: 'Write the definition as a text (in YAML, behind | or !Sub |), or as an object under Definition.',
      };
    return parts.some(({ called }) => !called)
      ? { kind: 'text', parts }
      : { kind: 'elsewhere', what: `what ${parts[0]!.text} gives` };
  }
  if (field === 'Definition' && call === undefined) {
    if (isObject(value)) return { kind: 'object' };
    if (typeof value === 'string' && !hasPlaceholder(value))
      return {
        kind: 'wrong',
        detail: 'Definition is a text',
        remedy: 'Write the definition as an object, or the text under DefinitionString.',
      };
  }
  return typeof value === 'string' ? fileOf(value) : (assetOf(value) ?? { kind: 'elsewhere', what: bucketOf(value) });
}

/** A file that CDK will upload lies beside its template, named after its content. */
function assetOf(value: Json): Definition | undefined {
  if (!isObject(value) || typeof value.Key !== 'string' || !/^[\da-f]{64}\.(?:json|ya?ml)$/.test(value.Key))
    return undefined;
  return { kind: 'file', file: `asset.${value.Key}`, inside: '', otherwise: bucketOf(value) };
}

/** A file on this machine, which `sam package` and `aws cloudformation package` upload; not one in a bucket. */
function fileOf(uri: string): Definition {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(uri) || hasPlaceholder(uri)) return { kind: 'elsewhere', what: `in ${uri}` };
  return { kind: 'file', file: uri, inside: '' };
}

/** `Fn::Transform` with `AWS::Include` reads a file in the place of itself. */
function included(argument: Json): Definition {
  const { Name: name, Parameters: parameters } = isObject(argument) ? argument : ({} as JsonObject);
  const location = isObject(parameters) ? parameters.Location : undefined;
  if (name === 'AWS::Include' && typeof location === 'string') return fileOf(location);
  return { kind: 'elsewhere', what: `what the macro ${String(name ?? 'Fn::Transform')} gives` };
}

/** Where a definition is that is no file on this machine. */
function bucketOf(value: Json): string {
  const text = (part: Json | undefined): string => (part === undefined ? '…' : (intrinsicText(part) ?? '…'));
  if (isObject(value) && value.Bucket !== undefined) return `in s3://${text(value.Bucket)}/${text(value.Key)}`;
  return `in ${text(value)}`;
}

/** `{"Ref": "AWS::NoValue"}` is as if the field were not there. */
function isNoValue(value: Json): boolean {
  const call = callOf(value);
  return call?.name === 'Ref' && call.argument === 'AWS::NoValue';
}

/** What `Fn::If` may give. */
function alternatives(value: Json, at: string): { readonly value: Json; readonly at: string }[] {
  const call = callOf(value);
  if (call?.name === 'Fn::ToJsonString') return [{ value, at: `${at}/Fn::ToJsonString` }];
  if (call?.name !== 'Fn::If' || !Array.isArray(call.argument)) return isNoValue(value) ? [] : [{ value, at }];
  const [, ...ways] = call.argument as readonly Json[];
  return ways.flatMap((way, i) => alternatives(way, `${at}/Fn::If/${i + 1}`));
}

function substitutionsOf(value: Json | undefined, at: string): Substitutions | undefined {
  if (value === undefined) return { names: [], at: '' };
  if (!isObject(value) || callOf(value) !== undefined) return undefined;
  const names = Object.keys(value);
  return names.some(isMacroKey) ? undefined : { names, at };
}
