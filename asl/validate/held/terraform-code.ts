import type { Definition, Held, Holder } from './held.ts';
import { objectParts } from './terraform-object.ts';

/**
 * The state machines in Terraform's own language. Nothing is evaluated: of a definition a heredoc is read, the object of a
 * `jsonencode`, and the file that `file` or `templatefile` names, also by way of a `local` of the same file; of all else
 * it is said that it cannot be.
 */
export function terraformCode(text: string): Holder {
  const code = blanked(text);
  const held = [...code.matchAll(RESOURCE)].map(({ 0: head, 1: name, index }): Held => {
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
  return { what: 'Terraform code', held };
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
