import { token } from '../../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { intrinsicParts } from '../../placeholders/index.ts';
import { objects } from '../machine.ts';
import type { Container, Definition, Embedded } from './definition.ts';
import { objectParts } from './terraform-object.ts';

/**
 * The state machines in Terraform's own language. Nothing is evaluated: of a definition a heredoc is read, the object of a
 * `jsonencode`, and the file that `file` or `templatefile` names, also by way of a `local` of the same file; all other
 * expressions are reported as not checked.
 */
export function terraformCode(text: string): Container {
  const code = blanked(text);
  const embedded = [...code.matchAll(RESOURCE)].map(({ 0: head, 1: name, index }): Embedded => {
    const open = index + head.length - 1;
    const body = { from: open + 1, to: closing(code, open) };
    const express = /(?:^|\n)\s*type\s*=\s*"EXPRESS"/.test(text.slice(body.from, body.to));
    const machine = text.slice(index + head.indexOf(name!), index + head.indexOf(name!) + name!.length);
    const at = attribute(code, 'definition', body);
    return at === undefined
      ? {
          machine,
          express,
          at: `/${index}`,
          is: { kind: 'wrong', detail: 'it has no definition', remedy: 'Write definition.' },
        }
      : { machine, express, ...definitionAt(text, code, at, 0) };
  });
  return { what: 'Terraform code', embedded };
}

const RESOURCE = /\bresource\s*"aws_sfn_state_machine"\s*"([\w-]+)"\s*\{/g;
/** `local.a` that is `local.b` … is followed so far. */
const MAX_DEPTH = 5;

function definitionAt(text: string, code: string, from: number, depth: number): { at: string; is: Definition } {
  const at = `/${from}`;
  const rest = text.slice(from);
  const heredoc = /^<<[-~]?(\w+)[ \t]*\r?\n/.exec(rest);
  if (heredoc !== null) {
    const start = from + heredoc[0].length;
    const end = new RegExp(`^[ \\t]*${heredoc[1]}\\s*$`, 'm').exec(text.slice(start));
    const body = text.slice(start, end === null ? text.length : start + end.index);
    return {
      at: '',
      is: { kind: 'text', parts: [{ text: body, at: `/${start}`, called: false, substituted: false }] },
    };
  }
  const [, file] = /^(?:template)?file\(\s*"([^"]+)"/.exec(rest) ?? [];
  const path = file?.replace(/^\$\{path\.(?:module|root|cwd)\}\//, '');
  if (path !== undefined && !path.includes('${')) return { at, is: { kind: 'file', file: path, inside: '' } };
  const encoded = /^jsonencode\(\s*(?=\{)/.exec(rest);
  const parts = encoded === null ? undefined : objectParts(text, from + encoded[0].length);
  if (parts !== undefined) return { at: '', is: { kind: 'text', parts } };
  const [, local] = /^local\.(\w+)\s*(?:\n|$)/.exec(rest) ?? [];
  const place = local === undefined || depth === MAX_DEPTH ? undefined : localOf(code, local);
  if (place !== undefined) return definitionAt(text, code, place, depth + 1);
  return { at, is: { kind: 'expression', expression: shown(rest) } };
}

/** An expression's beginning, as a person recognises it. */
function shown(rest: string): string {
  const [call] = /^[\w.]+(?:\(|(?=\s|$))/.exec(rest) ?? [];
  return call === undefined ? `${rest.slice(0, 20).replace(/\s+/g, ' ')}…` : call.endsWith('(') ? `${call}…)` : call;
}

function localOf(code: string, name: string): number | undefined {
  for (const { 0: head, index } of code.matchAll(/\blocals\s*\{/g)) {
    const open = index + head.length - 1;
    const found = attribute(code, name, { from: open + 1, to: closing(code, open) });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where the value of an attribute begins that stands right within a block. */
function attribute(code: string, name: string, { from, to }: { from: number; to: number }): number | undefined {
  const pattern = new RegExp(`(?:^|\\n)[ \\t]*${name}[ \\t]*=(?!=)[ \\t]*`, 'g');
  const body = code.slice(from, to);
  for (const { 0: head, index } of body.matchAll(pattern))
    if (nesting(body.slice(0, index)) === 0) return from + index + head.length;
  return undefined;
}

function nesting(code: string): number {
  let depth = 0;
  for (const c of code) depth += '{[('.includes(c) ? 1 : '}])'.includes(c) ? -1 : 0;
  return depth;
}

function closing(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    if (code[i] === '{') depth++;
    else if (code[i] === '}' && --depth === 0) return i;
  }
  return code.length;
}

const OPAQUE =
  /#.*|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"|<<[-~]?(\w+)[ \t]*\r?\n[\s\S]*?(?:\n[ \t]*\1[ \t\r]*(?=\n|$)|$)/g;

/** The code with blanks for comments, and for brackets within texts and heredocs: everything stands where it stood. */
function blanked(text: string): string {
  return text.replace(OPAQUE, (part) => {
    if (part.startsWith('"')) return part.replace(/[{}[\]()=]/g, ' ');
    const kept = part.startsWith('<<') ? part.slice(0, part.indexOf('\n')) : '';
    return kept + part.slice(kept.length).replace(/[^\n]/g, ' ');
  });
}

const TYPE = 'aws_sfn_state_machine';

/**
 * The state machines of `terraform show -json`, of a plan or of a state, and of Terraform's configuration in JSON, as CDK
 * for Terraform writes it.
 */
export function terraformMachines(value: JsonObject): Container | undefined {
  const what = 'what Terraform says in JSON';
  for (const field of ['planned_values', 'values'])
    if (isObject(value[field]) && typeof value.format_version === 'string')
      return { what, embedded: moduleMachines(value[field].root_module, `/${field}/root_module`) };
  if (!isObject(value.resource)) return undefined;
  const machines = value.resource[TYPE];
  const named = isObject(machines) ? Object.entries(machines) : [];
  const embedded = named.flatMap(([name, machine]) => {
    const at = `/resource/${TYPE}/${token(name)}`;
    const blocks: [string, Json][] = Array.isArray(machine)
      ? objects(machine).map(([i, one]) => [`${at}/${i}`, one])
      : [[at, machine]];
    return blocks.flatMap(([place, one]) => (isObject(one) ? [machineOf(name, one, place)] : []));
  });
  return { what: "Terraform's configuration in JSON", embedded };
}

function moduleMachines(module: Json | undefined, at: string): Embedded[] {
  if (!isObject(module)) return [];
  const own = objects(module.resources).flatMap(([i, resource]) =>
    resource.type === TYPE && isObject(resource.values)
      ? [machineOf(String(resource.address ?? resource.name), resource.values, `${at}/resources/${i}/values`)]
      : [],
  );
  const inner = objects(module.child_modules).flatMap(([i, one]) => moduleMachines(one, `${at}/child_modules/${i}`));
  return [...own, ...inner];
}

function machineOf(machine: string, { definition, type }: JsonObject, at: string): Embedded {
  return {
    machine,
    express: type === 'EXPRESS',
    at: definition === undefined ? at : `${at}/definition`,
    is: definitionOf(definition),
  };
}

function definitionOf(definition: Json | undefined): Definition {
  if (definition === undefined || definition === null)
    return { kind: 'elsewhere', what: 'known only once the plan is applied' };
  // "${jsonencode(…)}", "${data.template_file.x.rendered}": an expression of Terraform.
  if (typeof definition !== 'string' || definition.trim().startsWith('${'))
    return { kind: 'elsewhere', what: 'an expression of Terraform' };
  return { kind: 'text', parts: intrinsicParts(definition)! };
}
