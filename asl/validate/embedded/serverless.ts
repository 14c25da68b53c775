import { token } from '../../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { hasPlaceholder, intrinsicParts } from '../../placeholders/index.ts';
import { objects } from '../machine.ts';
import { machinesOf } from './cloudformation.ts';
import type { Container, Definition, Embedded } from './definition.ts';

const SERVERLESS = "the Serverless Framework's configuration";

/** The state machines of a configuration of the Serverless Framework, or of a file that it includes; undefined where it is none. */
export function serverlessConfiguration(value: JsonObject): Container | undefined {
  if (value.stepFunctions !== undefined || isServerless(value))
    return { what: SERVERLESS, embedded: serverlessMachines(value) };
  return undefined;
}

/** A file with machines by their names, which a configuration includes. */
export function serverlessMachinesFile(value: JsonObject): Container | undefined {
  if (isMachines(value.stateMachines))
    return { what: SERVERLESS, embedded: machinesIn(value.stateMachines!, '/stateMachines') };
  return isMachines(value) ? { what: SERVERLESS, embedded: machinesIn(value, '') } : undefined;
}

/** State machines of the Serverless Framework by their names, as a file of its configuration has them. */
function isMachines(value: Json | undefined): boolean {
  if (!isObject(value)) return false;
  const all = Object.values(value);
  return (
    all.length > 0 &&
    all.every((one) => isObject(one) && (isObject(one.definition) || typeof one.definition === 'string'))
  );
}

function isServerless({ service, provider, resources }: JsonObject): boolean {
  return service !== undefined && provider !== undefined && resources !== undefined;
}

function serverlessMachines({ stepFunctions, resources }: JsonObject): Embedded[] {
  const own = isObject(stepFunctions)
    ? machinesIn(stepFunctions.stateMachines ?? {}, '/stepFunctions/stateMachines')
    : machinesIn(stepFunctions ?? {}, '/stepFunctions');
  const lists: [number | undefined, Json | undefined][] = Array.isArray(resources)
    ? objects(resources)
    : [[undefined, resources]];
  const others = lists.flatMap(([i, one]) =>
    isObject(one) && isObject(one.Resources)
      ? machinesOf(one.Resources, `/resources${i === undefined ? '' : `/${i}`}/Resources`)
      : [],
  );
  // The framework fills in variables of its own wherever they stand.
  return [...own, ...others.map(({ fills: _, ...embedded }) => embedded)];
}

/** Machines by their names; a variable that gives them; a list of both. */
function machinesIn(value: Json, at: string): Embedded[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one, i) => machinesIn(one, `${at}/${i}`));
  if (typeof value === 'string') return [{ machine: '', express: false, at, is: variableOf(value) }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, machine]) => serverlessMachine(name, machine, `${at}/${token(name)}`));
}

function serverlessMachine(machine: string, json: Json, at: string): Embedded[] {
  if (typeof json === 'string') return [{ machine, express: false, at, is: variableOf(json) }];
  if (!isObject(json)) return [];
  const express = json.type === 'EXPRESS';
  if (json.definition !== undefined)
    return [{ machine, express, at: `${at}/definition`, is: inlineOrText(json.definition) }];
  return [{ machine, express, at, is: { kind: 'wrong', detail: 'it has no definition', remedy: 'Write definition.' } }];
}

/** The value of a field that holds a definition: an object, its JSON as a text, or a variable that stands for it. */
export function inlineOrText(value: Json): Definition {
  if (typeof value === 'string' && /^\s*\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\s*$/.test(value)) return variableOf(value);
  const parts = intrinsicParts(value);
  return parts === undefined ? { kind: 'object' } : { kind: 'text', parts };
}

const FILE = /^\s*\$\{file\(\s*([^()]+?)\s*\)(?::([\w.-]+))?\s*\}\s*$/;

/** `${file(machine.yml)}` and `${file(machines.yml):orders}` of the Serverless Framework; other variables are not followed. */
function variableOf(text: string): Definition {
  const [, file, inside] = FILE.exec(text) ?? [];
  if (file === undefined || hasPlaceholder(file) || !/\.(?:json|ya?ml)$/i.test(file))
    return { kind: 'elsewhere', what: text.trim() };
  const names = inside === undefined ? [] : inside.split('.');
  return { kind: 'file', file, inside: names.map((name) => `/${token(name)}`).join('') };
}
