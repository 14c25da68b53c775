import type { Target } from '../token.ts';
import type { Context } from './context.ts';
import { bare, type SyntaxNode } from './syntax.ts';
import { LEVEL, type Term, within, write } from './term.ts';

/** A term whose value may turn out not to be there. */
export function existing(term: Term): Term {
  return term.guarded ?? term;
}

/** The same where it is said what stands for a value that is missing: with `??`, a comparison with nothing, a `maybe(…)`. */
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
