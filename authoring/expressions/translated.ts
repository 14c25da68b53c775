import { reference } from '../reference.ts';
import type { Shape } from '../shape.ts';
import type { Target } from '../token.ts';
import { type Kind, LEVEL, type Pieces } from './term.ts';

/** An expression: JSONata with references where the compiler puts what they become. */
export interface Translated {
  readonly pieces: Pieces;
  readonly kind: Kind;
  /** False only where evaluating it cannot raise nor come out undefined, whatever the values that it reads. */
  readonly canFail: boolean;
  /** That it comes to nothing where an output that `maybe(…)` reads is missing. */
  readonly maybe?: boolean;
  /** The binding power of its outermost operator (term.ts). Absent: it needs brackets beside any other. */
  readonly level?: number;
  /** What is known of its value, of an output that it reads. No part of its JSON. */
  readonly shape?: Shape;
}

/** The same as a value that templates and texts take: a reference whose path holds the expression. */
export function expressionReference(expression: Translated): unknown {
  const isOpen = expression.kind === 'any' || expression.kind === 'object';
  const target: Target = { kind: 'expression', path: [JSON.stringify(expression)] };
  return reference(target, isOpen, expression.shape, undefined, expression.maybe);
}

/** The translation that a target of the kind `expression` refers to; further steps of its path are fields of its value. */
export function translatedOf({
  kind,
  path,
}: Target): { expression: Translated; fields: readonly string[] } | undefined {
  if (kind !== 'expression') return undefined;
  return { expression: JSON.parse(path[0] as string) as Translated, fields: path.slice(1) };
}

/** Whether it can stand before the `?` of a condition as it is: `a ? b : c` would be read as `a ? b : (c ? …)` there. */
export function standsAsTest({ level = 0 }: Translated): boolean {
  return level > LEVEL.condition;
}

/** Whether it needs no brackets beside an operator or before a field. */
export function holdsTogether({ level = 0 }: Translated): boolean {
  return level >= LEVEL.path;
}
