import { type Json, type JsonObject, setMember } from '../json/value.ts';
import { looksLikeCall, parseCall, type Term } from './call.ts';
import type { IntrinsicContext } from './intrinsic.ts';
import { INTRINSICS } from './intrinsics.ts';
import { type Path, parsePath } from './path.ts';
import { select } from './select.ts';

/** What paths read. */
export interface Source extends IntrinsicContext {
  /** What `$` is. */
  readonly input: Json;
  /** What `$$` is. */
  readonly context: () => JsonObject;
  readonly lookup: (variable: string) => Json | undefined;
}

/** Why a template has no value. The interpreter says it of the state, with the service's error name. */
export class PayloadFailure extends Error {
  readonly error: 'States.Runtime' | 'States.IntrinsicFailure';
  constructor(error: 'States.Runtime' | 'States.IntrinsicFailure', message: string) {
    super(message);
    this.error = error;
  }
}

/** A payload template: what stands under a key that ends in `.$` is a path or a call, everything else is kept as it stands. */
type Payload =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'computed'; readonly key: string; readonly text: string; readonly term: Term | undefined }
  | { readonly kind: 'array'; readonly items: readonly Payload[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: Payload])[] };

const payloads = new WeakMap<object, Payload>();

/** The value of a template. Throws a PayloadFailure. */
export function fill(template: Json, source: Source): Json {
  return evaluate(compiled(template), source);
}

function compiled(value: Json): Payload {
  if (typeof value !== 'object' || value === null) return { kind: 'constant', value };
  let made = payloads.get(value);
  if (made === undefined) {
    made = Array.isArray(value) ? ofArray(value) : ofObject(value as JsonObject);
    payloads.set(value, made);
  }
  return made;
}

function ofArray(value: readonly Json[]): Payload {
  const items = value.map(compiled);
  return items.every((item) => item.kind === 'constant') ? { kind: 'constant', value } : { kind: 'array', items };
}

function ofObject(value: JsonObject): Payload {
  const members = Object.entries(value).map(([key, member]): readonly [string, Payload] =>
    key.endsWith('.$') && typeof member === 'string'
      ? [key.slice(0, -2), computed(key, member)]
      : [key, compiled(member)],
  );
  return members.every(([, member]) => member.kind === 'constant')
    ? { kind: 'constant', value }
    : { kind: 'object', members };
}

function computed(key: string, text: string): Payload {
  try {
    return { kind: 'computed', key, text, term: parseTerm(text) };
  } catch {
    return { kind: 'computed', key, text, term: undefined };
  }
}

/** A path or a call. Throws a SyntaxError. */
export function parseTerm(text: string): Term {
  return looksLikeCall(text) ? parseCall(text) : { kind: 'path', path: parsePath(text), at: 0 };
}

function evaluate(payload: Payload, source: Source): Json {
  switch (payload.kind) {
    case 'constant':
      return payload.value;
    case 'array':
      return payload.items.map((item) => evaluate(item, source));
    case 'object':
      return objectOf(payload.members, source);
    case 'computed':
      if (payload.term === undefined) {
        throw new PayloadFailure(
          'States.Runtime',
          `The value for the field '${payload.key}' must be a valid JSONPath or a valid intrinsic function call`,
        );
      }
      return evaluateTerm(payload.term, source, payload.key);
  }
}

/** In a loop: by way of `Object.fromEntries` and its pairs, templates took twice the time. */
function objectOf(members: Extract<Payload, { kind: 'object' }>['members'], source: Source): JsonObject {
  const object: { [key: string]: Json } = {};
  for (const [key, member] of members) setMember(object, key, evaluate(member, source));
  return object;
}

/** The value of a path or of a call that stands in a field. */
export function evaluateTerm(term: Term, source: Source, field: string): Json {
  switch (term.kind) {
    case 'literal':
      return term.value;
    case 'path': {
      const value = read(term.path, source);
      if (value === undefined) throw new PayloadFailure('States.Runtime', notFound(term.path, source, field));
      return value;
    }
    case 'call':
      return callIntrinsic(term, source);
  }
}

function callIntrinsic(term: Extract<Term, { kind: 'call' }>, source: Source): Json {
  const intrinsic = INTRINSICS.get(term.name);
  if (intrinsic === undefined) throw intrinsicFailure(term.text, `there is no such function`);
  const args = term.args.map((arg) => {
    if (arg.kind !== 'path') return evaluateTerm(arg, source, '');
    const value = read(arg.path, source);
    if (value !== undefined) return value;
    throw intrinsicFailure(
      term.text,
      `The JSONPath '${arg.path.text}' could not be found in the input '${JSON.stringify(source.input)}'`,
    );
  });
  try {
    return intrinsic.call(args, source);
  } catch (error) {
    throw intrinsicFailure(term.text, (error as Error).message);
  }
}

function intrinsicFailure(text: string, reason: string): PayloadFailure {
  return new PayloadFailure('States.IntrinsicFailure', `The function '${text}' had the following error: ${reason}`);
}

/** What a path leads to; undefined where it leads nowhere. */
export function read(path: Path, source: Source): Json | undefined {
  return select(path, start(path, source));
}

/** Where a path begins: null where it is a variable that was never assigned. */
export function start(path: Path, source: Source): Json {
  if (path.root === '$') return source.input;
  return path.root === '$$' ? source.context() : (source.lookup(path.root.variable) ?? null);
}

function notFound(path: Path, source: Source, field: string): string {
  return `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(source.input)}'`;
}
