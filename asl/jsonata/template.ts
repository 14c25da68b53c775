import { type Json, setMember } from '../json/value.ts';
import { remembered } from '../remembered.ts';
import { compile, type Expression, type Value } from './compile.ts';
import type { Environment } from './dialect.ts';
import { threw, undefinedResult, unsupportedResult } from './query-failure.ts';
import { UNSUPPORTED } from './to-json.ts';

/** A value of a state's field with its expressions compiled. What holds no expression is kept as it stands. */
export type Template =
  | { readonly kind: 'constant'; readonly value: Json }
  | {
      readonly kind: 'expression';
      readonly text: string;
      readonly expression: Expression | undefined;
      readonly error: unknown;
    }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] };
type Member = readonly [key: string, value: Template];

/** The text of an expression, `{% … %}`, or undefined where a string is an ordinary one. */
export function expressionText(value: string): string | undefined {
  return value.length >= 4 && value.startsWith('{%') && value.endsWith('%}') ? value.slice(2, -2).trim() : undefined;
}

const templates = new WeakMap<object, Template>();

/** The template of a field's value; made once a value. A text that does not compile fails when it is evaluated. */
export function template(value: Json): Template {
  if (typeof value === 'string') return ofString(value);
  if (typeof value !== 'object' || value === null) return { kind: 'constant', value };
  let made = templates.get(value);
  if (made === undefined) {
    made = Array.isArray(value) ? ofArray(value) : ofObject(value as { readonly [key: string]: Json });
    templates.set(value, made);
  }
  return made;
}

const ofString = remembered((value): Template => {
  const text = expressionText(value);
  return text === undefined ? { kind: 'constant', value } : ofExpression(text);
});

function ofExpression(text: string): Template {
  try {
    return { kind: 'expression', text, expression: compile(text), error: undefined };
  } catch (error) {
    return { kind: 'expression', text, expression: undefined, error };
  }
}

function ofArray(value: readonly Json[]): Template {
  const items = value.map(template);
  return items.every((item) => item.kind === 'constant') ? { kind: 'constant', value } : { kind: 'array', items };
}

function ofObject(value: { readonly [key: string]: Json }): Template {
  const members = Object.entries(value).map(([key, member]) => [key, template(member)] as const);
  return members.every(([, member]) => member.kind === 'constant')
    ? { kind: 'constant', value }
    : { kind: 'object', members };
}

/**
 * The value of a template. `field` is its place in the state (`Output`, `Assign/total`), for the messages of failures.
 * Answers at once where every expression could be evaluated at once, else a promise. Throws (or rejects with) a QueryFailure.
 */
export function evaluateTemplate(made: Template, environment: Environment, field: string): Json | Promise<Json> {
  switch (made.kind) {
    case 'constant':
      return made.value;
    case 'expression':
      return evaluateExpression(made, environment, field);
    case 'array':
      return inOrder(made.items.length, (at) =>
        evaluateTemplate(made.items[at] as Template, environment, `${field}[${at}]`),
      );
    case 'object': {
      const { members } = made;
      const values = inOrder(members.length, (at) => {
        const [key, member] = members[at] as Member;
        return evaluateTemplate(member, environment, `${field}/${key}`);
      });
      const build = (all: readonly Json[]) => {
        const object: { [key: string]: Json } = {};
        for (let at = 0; at < all.length; at++) setMember(object, (members[at] as Member)[0], all[at] as Json);
        return object;
      };
      return isPromise(values) ? values.then(build) : build(values);
    }
  }
}

function evaluateExpression(
  { text, expression, error }: Extract<Template, { kind: 'expression' }>,
  environment: Environment,
  field: string,
): Json | Promise<Json> {
  if (expression === undefined) throw threw(text, field, error);
  const value = expression.evaluate(environment);
  if (!isPromise(value)) return checked(value, text, field);
  return value.then(
    (settled) => checked(settled, text, field),
    (reason) => {
      throw threw(text, field, reason);
    },
  );
}

function checked(value: Value, text: string, field: string): Json {
  if (value === undefined) throw undefinedResult(text, field);
  if (value === UNSUPPORTED) throw unsupportedResult(text, field);
  return value;
}

/** One after the other, so that the first that fails is always the same one and nothing is left running behind it. */
function inOrder(count: number, evaluate: (at: number) => Json | Promise<Json>): Json[] | Promise<Json[]> {
  const values: Json[] = [];
  for (let at = 0; at < count; at++) {
    const value = evaluate(at);
    if (isPromise(value)) return theRest(values, value, count, evaluate);
    values.push(value);
  }
  return values;
}

async function theRest(
  values: Json[],
  pending: Promise<Json>,
  count: number,
  evaluate: (at: number) => Json | Promise<Json>,
): Promise<Json[]> {
  values.push(await pending);
  while (values.length < count) values.push(await evaluate(values.length));
  return values;
}

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
