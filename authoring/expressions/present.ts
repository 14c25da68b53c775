import type { Target } from '../token.ts';
import type { Context } from './context.ts';
import { evaluate } from './evaluate.ts';
import { isConstant, type Operand } from './operand.ts';
import { bare, type SyntaxNode } from './syntax.ts';

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
