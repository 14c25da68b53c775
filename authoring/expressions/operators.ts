import type { Context } from './context.ts';
import { existing, handled, needed } from './logic.ts';
import { described, isConstant, joined, type Operand, termOf } from './operand.ts';
import type { SyntaxNode } from './syntax.ts';
import { LEVEL, literalTerm, type Term, within, write } from './term.ts';

const COMPARISONS = new Set(['<', '<=', '>', '>=']);
const EQUALITIES = new Set(['===', '!==', '==', '!=']);
const ARITHMETIC: { readonly [operator: string]: number } = {
  '-': LEVEL.add,
  '*': LEVEL.multiply,
  '/': LEVEL.multiply,
  '%': LEVEL.multiply,
};
const SCALARS = new Set(['string', 'number', 'boolean']);

/** `left operator right`, but for the logical ones. */
export function binary(c: Context, node: SyntaxNode, left: Operand, right: Operand): Operand {
  const operator = node.operator as string;
  if (isScalar(left) && isScalar(right) && operator in FOLDED) {
    return { constant: FOLDED[operator]!(left.constant as never, right.constant as never) };
  }
  if (EQUALITIES.has(operator)) return equality(c, node, left, right);
  const [l, r] = [termOf(c, left, node.left as SyntaxNode), termOf(c, right, node.right as SyntaxNode)];
  if (l.refused || r.refused) return { ...l, refused: true };
  if (COMPARISONS.has(operator)) return comparison(c, node, l, r);
  const [a, b] = [needed(c, l, node.left as SyntaxNode), needed(c, r, node.right as SyntaxNode)];
  if (a.refused || b.refused) return { ...a, refused: true };
  if (operator === '+') return plus(c, node, a, b);
  if (operator in ARITHMETIC || operator === '**') return arithmetic(c, node, a, b);
  return c.refuse('DAG042', { text: c.textOf(node), what: `the operator \`${operator}\``, ...instead(operator) }, node);
}

/** What both sides known now give, as JavaScript has it. */
const FOLDED: { readonly [operator: string]: (a: never, b: never) => unknown } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
};

function isScalar(operand: Operand): operand is { readonly constant: unknown } {
  return isConstant(operand) && SCALARS.has(typeof operand.constant);
}

function instead(operator: string): { readonly instead: string } {
  if (operator === 'in')
    return { instead: 'Compare the field with undefined, `a.field !== undefined`, or use `list.includes(value)`.' };
  if (operator === 'instanceof')
    return { instead: 'Compare a field that tells the kinds apart, such as `a.type === "x"`.' };
  return { instead: 'JSONata has no operators on bits: compute it in a task.' };
}

/** `+` adds numbers and joins strings; for operands of unknown type it is refused. */
function plus(c: Context, node: SyntaxNode, left: Term, right: Term): Term {
  const kinds = [left.kind, right.kind];
  if (kinds.every((kind) => kind === 'number')) return arithmetic(c, node, left, right);
  const other = kinds.find((kind) => kind !== 'text');
  if (kinds.includes('text') && other !== 'list' && other !== 'object') return joined([left, right]);
  const a = described(c, left, node.left as SyntaxNode);
  const b = described(c, right, node.right as SyntaxNode);
  if (kinds.includes('any') && kinds.every((kind) => kind === 'any' || kind === 'number'))
    return c.refuse('DAG046', { left: a, right: b }, node);
  return c.refuse('DAG047', { text: c.textOf(node), operator: '+', kinds: [left.kind, right.kind] }, node);
}

function arithmetic(c: Context, node: SyntaxNode, left: Term, right: Term): Term {
  const operator = node.operator as string;
  const kinds = [left.kind, right.kind] as const;
  if (!kinds.every((kind) => kind === 'number' || kind === 'any'))
    return c.refuse('DAG047', { text: c.textOf(node), operator, kinds }, node);
  const raises = [left, right].some((side) => side.raises || side.wild || side.kind === 'any');
  const more = { raises, missing: left.missing || right.missing, wild: true };
  if (operator === '**')
    return write('number', LEVEL.whole, ['$power(', left, ', ', right, ')'], { ...more, raises: true });
  const level = ARITHMETIC[operator] ?? LEVEL.add;
  return write('number', level, [within(left, level), ` ${operator} `, within(right, level + 1)], more);
}

/** Numbers or texts. What is null or of mixed kinds raises, where JavaScript says false. */
function comparison(c: Context, node: SyntaxNode, left: Term, right: Term): Term {
  const operator = node.operator as string;
  const kinds = [left.kind, right.kind] as const;
  const isFit = kinds.every((kind) => kind === 'number' || kind === 'text' || kind === 'any');
  if (!isFit || (!kinds.includes('any') && left.kind !== right.kind))
    return c.refuse('DAG047', { text: c.textOf(node), operator, kinds }, node);
  return write('boolean', LEVEL.compare, sides(left, operator, right), {
    raises: left.raises || right.raises || kinds.includes('any'),
    missing: left.missing || right.missing,
    ...((left.maybe || right.maybe) && { maybe: true }),
  });
}

function sides(left: Term, operator: string, right: Term): (string | Term)[] {
  return [within(left, LEVEL.compare + 1), ` ${operator} `, within(right, LEVEL.compare + 1)];
}

function equality(c: Context, node: SyntaxNode, left: Operand, right: Operand): Term {
  const operator = node.operator as string;
  const isNegated = operator.startsWith('!');
  const isLoose = operator.length === 2;
  const nothing = [left, right].find((side) => isConstant(side) && side.constant == null);
  if (nothing) {
    const other = nothing === left ? right : left;
    const value = isConstant(nothing) ? nothing.constant : null;
    return nothingness(c, other, other === left ? node.left : node.right, { isNegated, isLoose, value });
  }
  const l = existing(termOf(c, left, node.left as SyntaxNode));
  const r = existing(termOf(c, right, node.right as SyntaxNode));
  if (l.refused || r.refused) return l.refused ? l : r;
  for (const side of [l, r]) {
    if (side.kind === 'list' || side.kind === 'object')
      return c.refuse('DAG048', { text: c.textOf(node), kind: side.kind }, node);
  }
  if (isLoose && (l.kind !== r.kind || l.kind === 'any'))
    return c.refuse('DAG049', { text: c.textOf(node), operator }, node);
  const equal = write('boolean', LEVEL.compare, sides(l, '=', r));
  // JSONata: nothing equals what is missing, not even another value that is.
  if (l.missing && r.missing) {
    const both = write('boolean', LEVEL.or, [equal, ' or $not($exists(', l, ') or $exists(', r, '))']);
    return isNegated ? not(both) : both;
  }
  return isNegated ? not(equal) : equal;
}

interface Nothing {
  readonly isNegated: boolean;
  readonly isLoose: boolean;
  readonly value: unknown;
}

/** Comparison with undefined or null. */
function nothingness(c: Context, side: Operand, at: unknown, { isNegated, isLoose, value }: Nothing): Term {
  if (isConstant(side)) {
    const isEqual = isLoose ? side.constant == null : side.constant === value;
    return literalTerm('boolean', String(isEqual !== isNegated));
  }
  const term = handled(termOf(c, side, at as SyntaxNode));
  if (term.refused) return term;
  if (isLoose) {
    const isThere = write('boolean', LEVEL.compare, [within(term, LEVEL.compare + 1), ' != null']);
    return isNegated ? isThere : not(isThere);
  }
  if (value === undefined) {
    const isThere = write('boolean', LEVEL.whole, ['$exists(', term, ')']);
    return isNegated ? isThere : not(isThere);
  }
  const isNull = write('boolean', LEVEL.compare, [within(term, LEVEL.compare + 1), ' = null']);
  return isNegated ? not(isNull) : isNull;
}

export function not(term: Term): Term {
  // The opposite of what is missing would be missing too.
  if (term.maybe) return write('boolean', LEVEL.condition, [within(term, LEVEL.condition + 1), ' ? false : true']);
  return write('boolean', LEVEL.whole, ['$not(', term, ')']);
}

/** `-a`, `void 0`; what else there is of them is refused. */
export function unary(c: Context, node: SyntaxNode, argument: Operand): Operand {
  const operator = node.operator as string;
  if (operator === 'void' && isConstant(argument)) return { constant: undefined };
  if (operator === '-' && isScalar(argument)) return { constant: -(argument.constant as number) };
  if (operator !== '-') {
    const replacement =
      operator === '+'
        ? 'Write `Number(value)`.'
        : operator === 'typeof'
          ? 'Compare with undefined or null, `a !== undefined`.'
          : 'Compute it in a task, or outside the arrow.';
    const what = `the operator \`${operator}\``;
    return c.refuse('DAG042', { text: c.textOf(node), what, instead: replacement }, node);
  }
  const term = needed(c, termOf(c, argument, node.argument as SyntaxNode), node.argument as SyntaxNode);
  if (term.refused) return term;
  if (term.kind !== 'number' && term.kind !== 'any')
    return c.refuse('DAG047', { text: c.textOf(node), operator, kinds: [term.kind] }, node);
  const raises = term.raises || term.kind === 'any' || term.wild === true;
  return write('number', LEVEL.multiply + 1, ['-', within(term, LEVEL.path)], { raises, missing: term.missing });
}
