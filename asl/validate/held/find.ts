import { token } from '../../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { hasPlaceholder, intrinsicParts } from '../../placeholders/index.ts';
import { objects } from '../machine.ts';
import { isStateMachine, machineOf, machinesOf } from './cloudformation.ts';
import { type Definition, type Held, HOLDERS, type Holder } from './held.ts';
import { terraformMachines } from './terraform-json.ts';

/**
 * The definitions that a document holds, where it is none itself: a template of CloudFormation, SAM or CDK, the
 * configuration of the Serverless Framework, what Terraform says in JSON, the answer of DescribeStateMachine.
 */
export function definitionsIn(value: Json): Holder | undefined {
  if (!isObject(value) || value.States !== undefined || value.StartAt !== undefined) return undefined;
  if (isObject(value.Resources))
    return { what: 'a CloudFormation template', held: machinesOf(value.Resources, '/Resources') };
  if (value.stepFunctions !== undefined || isServerless(value))
    return { what: SERVERLESS, held: serverlessMachines(value) };
  if (TEMPLATE_FIELDS.some((field) => value[field] !== undefined))
    return { what: 'a CloudFormation template', held: [] };
  if (isMachines(value.stateMachines))
    return { what: SERVERLESS, held: machinesIn(value.stateMachines!, '/stateMachines') };
  if (isMachines(value)) return { what: SERVERLESS, held: machinesIn(value, '') };
  const terraform = terraformMachines(value);
  if (terraform !== undefined) return terraform;
  if (isStateMachine(value)) return { what: 'a resource of CloudFormation', held: machineOf('', value, '') };
  const holder = HOLDERS.find((field) => value[field] !== undefined);
  if (holder === undefined) return undefined;
  const name = [value.name, value.stateMachineName, value.StateMachineName].find((one) => typeof one === 'string');
  return {
    what: `a document that has a definition under ${holder}`,
    held: [
      {
        machine: String(name ?? ''),
        express: (value.type ?? value.Type) === 'EXPRESS',
        at: `/${holder}`,
        is: inlineOrText(value[holder]!),
      },
    ],
  };
}

const SERVERLESS = "the Serverless Framework's configuration";
/** What a template of CloudFormation has besides its resources. */
const TEMPLATE_FIELDS = ['AWSTemplateFormatVersion', 'Transform'];

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

function serverlessMachines({ stepFunctions, resources }: JsonObject): Held[] {
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
  return [...own, ...others.map(({ fills: _, ...held }) => held)];
}

/** Machines by their names; a variable that gives them; a list of both. */
function machinesIn(value: Json, at: string): Held[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one, i) => machinesIn(one, `${at}/${i}`));
  if (typeof value === 'string') return [{ machine: '', express: false, at, is: variableOf(value) }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, machine]) => serverlessMachine(name, machine, `${at}/${token(name)}`));
}

function serverlessMachine(machine: string, json: Json, at: string): Held[] {
  if (typeof json === 'string') return [{ machine, express: false, at, is: variableOf(json) }];
  if (!isObject(json)) return [];
  const express = json.type === 'EXPRESS';
  if (json.definition !== undefined)
    return [{ machine, express, at: `${at}/definition`, is: inlineOrText(json.definition) }];
  return [{ machine, express, at, is: { kind: 'wrong', detail: 'it has no definition', remedy: 'Write definition.' } }];
}

function inlineOrText(value: Json): Definition {
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
