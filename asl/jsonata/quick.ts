import type { Json } from '../json.ts';
import type { Environment } from './environment.ts';
import type { Node } from './rewrite.ts';

/** The values at hand need JSONata itself. */
export const SLOW: unique symbol = Symbol('slow');

/** Evaluates without JSONata's machinery (and without a promise), or answers SLOW. */
export type Quick = (environment: Environment) => Json | undefined | typeof SLOW;

/**
 * The commonest shapes of expressions, evaluated at once: a literal, a variable, and members of a variable's value. Only where the
 * answer is certain to be JSONata's; undefined for every other shape.
 */
export function quick(node: Node): Quick | undefined {
  if (node.group !== undefined || node.predicate !== undefined || node.stages !== undefined) return undefined;
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
    default:
      return undefined;
  }
}

function variable(name: string): Quick | undefined {
  if (name === '' || name === '$') return undefined;
  return (environment) => {
    const value = environment.lookup(name);
    // Not assigned: perhaps the name of a function.
    return value === undefined ? SLOW : value;
  };
}

function path(node: Node): Quick | undefined {
  const [first, ...rest] = node.steps ?? [];
  if (first === undefined || node.keepSingletonArray || node.tuple !== undefined) return undefined;
  if (!isBare(first) || first.type !== 'variable') return undefined;
  if (!rest.every((step) => isBare(step) && step.type === 'name')) return undefined;
  const start = variable(first.value as string);
  if (start === undefined) return undefined;
  const keys = rest.map((step) => step.value as string);
  return (environment) => {
    let value = start(environment);
    for (const key of keys) {
      if (value === SLOW) return SLOW;
      // A list's members are gathered into a sequence, and inherited members are JavaScript's: both are JSONata's business.
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return SLOW;
      if (!Object.hasOwn(value, key)) return SLOW;
      value = (value as { readonly [key: string]: Json })[key] as Json;
    }
    return value;
  };
}

/** A step that is only what its type says: no predicate, index, focus, group or `[]`. */
function isBare(step: Node): boolean {
  return Object.keys(step).every((key) => key === 'type' || key === 'value' || key === 'position');
}
