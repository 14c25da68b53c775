import { Stop } from '../../diagnostics/index.ts';
import type { Arrow } from './arrow.ts';
import { Context, nameLocals } from './context.ts';
import { condition, evaluateTerm } from './evaluate.ts';
import { isConstant } from './operand.ts';
import { isCount, paramsOf, type SyntaxNode } from './syntax.ts';
import { literalTerm, merged, type Term } from './term.ts';
import { settled } from './truth.ts';
import type { Translated } from './value.ts';

/**
 * An arrow as JSONata that gives the same value.
 * @param as `condition`: whether JavaScript would take the value for true, as a Choice asks; its kind is `boolean`
 * @throws Stop with everything in it that cannot be translated
 */
export function translate(arrow: Arrow, as: 'value' | 'condition' = 'value'): Translated {
  const c = new Context(arrow);
  const body = bodyOf(c);
  return finished(c, body && (as === 'value' ? evaluateTerm(c, body) : conditionTerm(c, body)));
}

export function conditionTerm(c: Context, node: SyntaxNode): Term {
  const term = condition(c, node);
  return isConstant(term) ? literalTerm('boolean', String(term.constant)) : term;
}

/** What a term comes to; it throws what was found wrong. */
export function finished(c: Context, term: Term | undefined): Translated {
  if (c.faults.length > 0 || term === undefined) throw new Stop(c.faults);
  const { pieces, kind, level, raises, missing, maybe, shape } = settled(term);
  return Object.freeze({
    pieces: nameLocals(merged(pieces)),
    kind,
    canFail: raises || missing,
    level,
    ...(maybe && { maybe: true }),
    ...(shape && { shape }),
  });
}

/** The one expression that a function answers. */
export function bodyOf(c: Context): SyntaxNode | undefined {
  const { syntax } = c.arrow;
  if (syntax.async || syntax.generator) {
    c.refuse('DAG040', { text: c.textOf(syntax) }, syntax);
    return undefined;
  }
  const [param] = paramsOf(syntax);
  if (param) {
    c.refuse('DAG054', { text: c.textOf(param) }, param);
    return undefined;
  }
  const body = syntax.body as SyntaxNode;
  if (body.type !== 'BlockStatement' && body.type !== 'FunctionBody') return body;
  const statements = ((body.body ?? body.statements) as SyntaxNode[]).filter((statement) => !isCount(statement));
  const [only] = statements;
  if (statements.length === 1 && only?.type === 'ReturnStatement' && only.argument) return only.argument as SyntaxNode;
  const wrong = statements.find(({ type }) => type !== 'ReturnStatement') ?? body;
  c.refuse('DAG041', { text: c.textOf(wrong) }, wrong);
  return undefined;
}
