import type { Json } from '../json/value.ts';
import { BUILT_IN_FUNCTIONS } from './built-in.ts';
import type { Environment } from './dialect.ts';
import { FUNCTIONS, OPERATORS } from './quick-operations.ts';
import type { Node } from './rewrite.ts';

/** The values at hand need JSONata itself. */
export const SLOW: unique symbol = Symbol('slow');

/** What a quick evaluation gives; undefined is JSONata's. */
export type Quickly = Json | undefined | typeof SLOW;
/** Evaluates without JSONata's machinery (and without a promise), or answers SLOW. */
export type Quick = (environment: Environment) => Quickly;

/**
 * The commonest shapes of expressions, evaluated at once: literals, variables and their members, constructors, operators on plain
 * operands, a few functions. Each only where the answer is certain to be JSONata's own (a test holds them against it); undefined for
 * every other shape, and SLOW where the values are not of the kind that the shape was made for.
 */
export function quick(node: Node): Quick | undefined {
  if (node.group !== undefined || node.predicate !== undefined || node.stages !== undefined) return undefined;
  if (node.keepArray !== undefined || node.tuple !== undefined || node.matcher !== undefined) return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value': {
      const value = node.value as Json;
      return () => value;
    }
    case 'variable':
      return variable(node.value as string);
    case 'path':
      return path(node);
    case 'block':
      return node.expressions?.length === 1 ? quick(node.expressions[0] as Node) : undefined;
    case 'unary':
      return node.value === '[' ? array(node) : node.value === '{' ? object(node) : undefined;
    case 'binary':
      return binary(node);
    case 'condition':
      return condition(node);
    case 'function':
      return call(node);
    default:
      return undefined;
  }
}

function variable(name: string): Quick | undefined {
  if (name === '' || name === '$') return undefined;
  const otherwise = BUILT_IN_FUNCTIONS.has(name) ? SLOW : undefined;
  return (environment) => {
    const value = environment.lookup(name);
    return value === undefined ? otherwise : value;
  };
}

function path(node: Node): Quick | undefined {
  const [first, ...rest] = node.steps ?? [];
  if (first === undefined || node.keepSingletonArray) return undefined;
  if (!isBare(first) || first.type !== 'variable') return undefined;
  if (!rest.every((step) => isBare(step) && step.type === 'name')) return undefined;
  const start = variable(first.value as string);
  if (start === undefined) return undefined;
  const keys = rest.map((step) => step.value as string);
  return (environment) => {
    let value = start(environment);
    for (const key of keys) {
      if (value === SLOW || value === undefined) return value;
      if (typeof value !== 'object' || value === null) return undefined;
      // A list's members are gathered into a sequence: that is JSONata's business.
      if (Array.isArray(value)) return SLOW;
      if (Object.hasOwn(value, key)) value = (value as { readonly [key: string]: Json })[key] as Json;
      // Inherited members are JavaScript's, which JSONata hands out.
      else return key in Object.prototype ? SLOW : undefined;
    }
    return value;
  };
}

/** A step that is only what its type says: no predicate, index, focus, group or `[]`. */
function isBare(step: Node): boolean {
  return Object.keys(step).every((key) => key === 'type' || key === 'value' || key === 'position');
}

/** All of them quick, or nothing. */
function all(nodes: readonly Node[]): readonly Quick[] | undefined {
  const made: Quick[] = [];
  for (const node of nodes) {
    const one = quick(node);
    if (one === undefined) return undefined;
    made.push(one);
  }
  return made;
}

function array(node: Node): Quick | undefined {
  const parts = node.expressions ?? [];
  const items = all(parts);
  if (items === undefined || node.consarray) return undefined;
  // A constructor within keeps its brackets; the items of any other array are merged.
  const kept = parts.map(({ value }) => value === '[');
  return (environment) => {
    const result: Json[] = [];
    for (let at = 0; at < items.length; at++) {
      const value = (items[at] as Quick)(environment);
      if (value === SLOW) return SLOW;
      if (value === undefined) continue;
      if (!kept[at] && Array.isArray(value)) result.push(...value);
      else result.push(value);
    }
    return result;
  };
}

function object(node: Node): Quick | undefined {
  const pairs = node.lhs as readonly (readonly [Node, Node])[];
  const keys = pairs.map(([key]) => (key.type === 'string' ? (key.value as string) : '__proto__'));
  if (new Set(keys).size < keys.length || keys.includes('__proto__')) return undefined;
  const values = all(pairs.map(([, value]) => value));
  if (values === undefined) return undefined;
  return (environment) => {
    const result: Record<string, Json> = {};
    for (let at = 0; at < values.length; at++) {
      const value = (values[at] as Quick)(environment);
      if (value === SLOW) return SLOW;
      if (value !== undefined) result[keys[at] as string] = value;
    }
    return result;
  };
}

function binary(node: Node): Quick | undefined {
  const name = node.value as string;
  const left = quick(node.lhs as Node);
  const right = quick(node.rhs as Node);
  if (left === undefined || right === undefined) return undefined;
  if (name === 'and' || name === 'or') {
    return (environment) => {
      const a = truth(left(environment));
      if (a === SLOW || a === (name === 'or')) return a;
      return truth(right(environment));
    };
  }
  const operate = OPERATORS.get(name);
  if (operate === undefined) return undefined;
  return (environment) => {
    const a = left(environment);
    if (a === SLOW) return SLOW;
    const b = right(environment);
    return b === SLOW ? SLOW : operate(a, b);
  };
}

function condition(node: Node): Quick | undefined {
  const test = quick(node.condition as Node);
  const yes = quick(node.then as Node);
  const no = node.else === undefined ? () => undefined : quick(node.else as Node);
  if (test === undefined || yes === undefined || no === undefined) return undefined;
  return (environment) => {
    const held = truth(test(environment));
    if (held === SLOW) return SLOW;
    return held ? yes(environment) : no(environment);
  };
}

/** The truth of a boolean; of anything else JSONata judges. */
function truth(value: Quickly): boolean | typeof SLOW {
  return value === undefined ? false : typeof value === 'boolean' ? value : SLOW;
}

function call(node: Node): Quick | undefined {
  const name = node.procedure?.type === 'variable' ? (node.procedure.value as string) : '';
  const work = FUNCTIONS.get(name);
  const args = node.arguments ?? [];
  if (work === undefined || args.length !== 1) return undefined;
  const argument = quick(args[0] as Node);
  if (argument === undefined) return undefined;
  return (environment) => {
    // A variable of that name hides the function.
    if (environment.lookup(name) !== undefined) return SLOW;
    const value = argument(environment);
    return value === SLOW ? SLOW : work(value);
  };
}
