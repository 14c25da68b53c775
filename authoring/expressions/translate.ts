import { Stop } from '../../diagnostics/index.ts';
import { keepFaults } from '../faults.ts';
import { type Arrow, captureArrow } from './arrow.ts';
import { Context, nameLocals } from './context.ts';
import { evaluateTerm } from './evaluate.ts';
import { condition, settled } from './logic.ts';
import { isConstant } from './operand.ts';
import { isCount, paramsOf, type SyntaxNode } from './syntax.ts';
import { literalTerm, merged, type Term } from './term.ts';
import { expressionReference, type Translated } from './translated.ts';

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

function conditionTerm(c: Context, node: SyntaxNode): Term {
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

/**
 * A value that is computed while the DAG runs. The arrow function is never called: it is translated to JSONata. Plain values that it
 * captures become literals, references become variables. The result can be used wherever a reference can: in a template's parameters, in
 * a text, in another expression.
 *
 * @throws Stop with everything in it that cannot be translated, each with its place and what to write instead
 * @example
 * ```ts
 * const count = dag.task('count', aws({ service: 'dynamodb', action: 'describeTable', parameters: { TableName: 'orders' } }));
 * const workers = expr(() => (count.output.Table.ItemCount > 10_000 ? 8 : 2));
 * dag.task('load', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load', Payload: { workers } } }));
 * ```
 */
export function expr<T>(value: () => T): T {
  try {
    return expressionReference(translate(captureArrow(value))) as T;
  } catch (error) {
    if (!(error instanceof Stop && keepFaults(error.diagnostics))) throw error;
    return expressionReference({ pieces: ['null'], kind: 'any', canFail: false }) as T;
  }
}
