import type { Target } from '../token.ts';
import { refusedHandle } from './calls.ts';
import type { Context } from './context.ts';
import { evaluate, evaluateTerm } from './evaluate.ts';
import { isConstant, type Operand, termOf } from './operand.ts';
import { not } from './operators.ts';
import { bare, type SyntaxNode } from './syntax.ts';
import { common, LEVEL, type Term, within, write } from './term.ts';

/** A term whose value may be missing. */
export function existing(term: Term): Term {
  return term.guarded ?? term;
}

/** The same if the expression handles a missing value: with `??`, a comparison with null or undefined, or `maybe(…)`. */
export function handled(term: Term): Term {
  const { target } = term;
  if (target?.kind !== 'output') return existing(term);
  const { guarded, ...plain } = term;
  const asked: Target = { ...target, ...(guarded && { whole: true }), maybe: true };
  return { ...plain, pieces: [asked], target: asked, missing: true };
}

/** A term where its value is needed. A truth that a missing value has is false; anything else that `maybe(…)` reads is refused. */
export function needed(c: Context, term: Term, node: SyntaxNode): Term {
  const known = settled(term);
  return known.maybe ? c.refuse('DAG071', { reference: c.textOf(bare(node)) }, node) : known;
}

/** A comparison with what is missing is false; by itself JSONata gives nothing. */
export function settled(term: Term): Term {
  if (!term.maybe || term.kind !== 'boolean' || term.target) return term;
  return write('boolean', LEVEL.condition, [within(term, LEVEL.condition + 1), ' ? true : false']);
}

/** Whether JavaScript takes a value for true. A boolean that may be missing stays as it is: that counts as false wherever it is tested. */
export function isTrue(c: Context, of: Term): Term {
  const term = existing(of);
  switch (term.kind) {
    case 'boolean':
      return term;
    case 'number':
    case 'text':
      return write('boolean', LEVEL.whole, ['$boolean(', term, ')'], {
        missing: term.missing,
        raises: term.raises || term.wild === true,
        ...(term.maybe && { maybe: true }),
      });
    case 'null':
      return write('boolean', LEVEL.whole, ['false']);
    case 'list':
      return write('boolean', LEVEL.whole, ['$exists(', term, ')']);
    case 'object':
      return write('boolean', LEVEL.compare, [within(term, LEVEL.compare + 1), ' != null']);
    case 'any':
      return c.once(term, (it) =>
        write('boolean', LEVEL.or, ['$type(', it, ") in ['array', 'object'] or $boolean(", it, ')']),
      );
  }
}

/** Both. JSONata may evaluate the second where JavaScript would not: one that can raise is put behind the first. */
export function both(left: Term, right: Term): Term {
  if (!right.raises)
    return write('boolean', LEVEL.and, [within(left, LEVEL.and), ' and ', within(right, LEVEL.and + 1)]);
  return write('boolean', LEVEL.condition, [within(left, LEVEL.or), ' ? ', within(right, LEVEL.or), ' : false'], {
    missing: right.missing,
    ...(right.maybe && { maybe: true }),
  });
}

/** One of the two. */
export function either(left: Term, right: Term): Term {
  if (!right.raises) return write('boolean', LEVEL.or, [within(left, LEVEL.or), ' or ', within(right, LEVEL.or + 1)]);
  return write('boolean', LEVEL.condition, [within(left, LEVEL.or), ' ? true : ', within(right, LEVEL.or)], {
    missing: right.missing,
    ...(right.maybe && { maybe: true }),
  });
}

/** The references that are known to be there where a condition came out one way, as TypeScript narrows them. */
export function presentWhere(c: Context, around: SyntaxNode, holds: boolean): Target[] {
  const node = bare(around);
  const operator = node.operator as string | undefined;
  if (node.type === 'UnaryExpression' && operator === '!') return presentWhere(c, node.argument as SyntaxNode, !holds);
  if (node.type === 'LogicalExpression') {
    const isDecided = (operator === '&&' && holds) || (operator === '||' && !holds);
    return isDecided ? [node.left, node.right].flatMap((side) => presentWhere(c, side as SyntaxNode, holds)) : [];
  }
  if (node.type !== 'BinaryExpression') return holds ? targetOf(c, node) : [];
  if (operator !== undefined && /^[<>]=?$/.test(operator))
    return holds ? [node.left, node.right].flatMap((side) => targetOf(c, side as SyntaxNode)) : [];
  if (operator === undefined || !/^[!=]==?$/.test(operator)) return [];
  const sides = [node.left, node.right].map((side) => c.quietly(() => evaluate(c, side as SyntaxNode)));
  const constant = sides.find(isConstant);
  if (constant === undefined) return [];
  const isNothing = constant.constant == null;
  // `x !== null` holds of what is missing too.
  if (isNothing && operator.length === 3 && constant.constant === null) return [];
  const isEqual = operator.startsWith('=') === holds;
  return isEqual === isNothing ? [] : sides.flatMap(targetIn);
}

function targetOf(c: Context, node: SyntaxNode): Target[] {
  return targetIn(c.quietly(() => evaluate(c, node)));
}

function targetIn(operand: Operand): Target[] {
  return isConstant(operand) || !operand.target ? [] : [operand.target];
}

/** Whether a node's value is true: known now, or a term of the kind `boolean`. */
export function condition(c: Context, around: SyntaxNode): { readonly constant: boolean } | Term {
  const node = bare(around);
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const isAnd = node.operator === '&&';
    const left = condition(c, node.left as SyntaxNode);
    if (isConstant(left)) return left.constant === isAnd ? condition(c, node.right as SyntaxNode) : left;
    const right = c.assuming(presentWhere(c, node.left as SyntaxNode, isAnd), () =>
      condition(c, node.right as SyntaxNode),
    );
    if (isConstant(right)) {
      if (right.constant === isAnd) return left;
      return left.raises
        ? write('boolean', LEVEL.and, [within(left, LEVEL.and), isAnd ? ' and false' : ' or true'])
        : right;
    }
    return isAnd ? both(left, right) : either(left, right);
  }
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = condition(c, node.argument as SyntaxNode);
    return isConstant(inner) ? { constant: !inner.constant } : not(inner);
  }
  const operand = evaluate(c, node);
  if (!isConstant(operand)) return isTrue(c, operand);
  return refusedHandle(c, operand, node, 'a condition') ?? { constant: Boolean(operand.constant) };
}

/** `&&`, `||` and `??` as values; chains of one operator are read from the right, so that each value is in the text once. */
export function logical(c: Context, node: SyntaxNode, further: () => Operand): Operand {
  const operator = node.operator as string;
  const rest = () =>
    operator === '??' ? further() : c.assuming(presentWhere(c, node.left as SyntaxNode, operator === '&&'), further);
  const inner = bare(node.left as SyntaxNode);
  if (inner.type === 'LogicalExpression' && inner.operator === operator) {
    return logical(c, inner, () => chosen(c, operator, evaluate(c, inner.right as SyntaxNode), rest, node));
  }
  return chosen(c, operator, evaluate(c, inner), rest, node);
}

function chosen(c: Context, operator: string, left: Operand, rest: () => Operand, node: SyntaxNode): Operand {
  if (isConstant(left)) {
    const goesOn = operator === '??' ? left.constant == null : Boolean(left.constant) === (operator === '&&');
    return goesOn ? rest() : left;
  }
  const term = operator === '??' ? handled(left) : existing(left);
  const right = termOf(c, rest(), node.right as SyntaxNode);
  if (term.refused || right.refused) return term.refused ? term : right;
  if (operator === '??') {
    if (!term.missing && term.kind !== 'any' && term.kind !== 'null') return term;
    const kind = common(term.kind === 'null' ? right.kind : term.kind, right.kind);
    return c.once(term, (it) =>
      choice(write('boolean', LEVEL.compare, [it, ' != null']), { ...it, missing: false, maybe: false }, right, kind),
    );
  }
  if (term.kind === 'boolean' && right.kind === 'boolean')
    return operator === '&&' ? both(term, right) : either(term, right);
  return c.once(term, (it) => {
    const [then, otherwise] = operator === '&&' ? [right, it] : [{ ...it, maybe: false }, right];
    return choice(isTrue(c, it), then, otherwise, common(then.kind, otherwise.kind));
  });
}

function choice(test: Term, then: Term, otherwise: Term, kind = common(then.kind, otherwise.kind)): Term {
  const parts = [within(test, LEVEL.condition + 1), ' ? ', within(then, LEVEL.condition + 1), ' : ', otherwise];
  return write(kind, LEVEL.condition, parts, {
    missing: then.missing || otherwise.missing,
    wild: then.wild === true || otherwise.wild === true,
    ...((then.maybe || otherwise.maybe) && { maybe: true }),
  });
}

export function conditional(c: Context, node: SyntaxNode): Operand {
  const test = condition(c, node.test as SyntaxNode);
  if (isConstant(test)) return evaluate(c, (test.constant ? node.consequent : node.alternate) as SyntaxNode);
  const side = (holds: boolean, branch: unknown) =>
    c.assuming(presentWhere(c, node.test as SyntaxNode, holds), () => evaluateTerm(c, branch as SyntaxNode));
  const [then, otherwise] = [side(true, node.consequent), side(false, node.alternate)];
  return choice(test, then, otherwise);
}
