import type { Json, JsonObject } from '../json/value.ts';
import { looksLikeCall, readCall, type Term } from '../json-path/call.ts';
import { readPath } from '../json-path/path.ts';
import type { OnRead } from './jsonata.ts';
import { itemAt, itemsOf, list, member, object, tuple, type Value } from './value.ts';

/** What the paths of a JSONPath state lead into. */
export interface Source {
  /** What `$` is. */
  readonly input: Value;
  /** What `$$` is. */
  readonly context: Value;
  readonly lookup: (variable: string) => Value;
  readonly onRead: OnRead;
}

/** The value of a payload template: what stands under a key that ends in `.$` is a path or a call. */
export function evaluateTemplate(template: Json, source: Source): Value {
  if (typeof template !== 'object' || template === null) return undefined;
  if (Array.isArray(template)) return tuple(template.map((item) => evaluateTemplate(item, source)));
  return object(
    Object.entries(template as JsonObject).map(([key, value]) =>
      key.endsWith('.$') && typeof value === 'string'
        ? [key.slice(0, -2), evaluateText(value, source)]
        : [key, evaluateTemplate(value, source)],
    ),
  );
}

/** The value of a path, or of a call of an intrinsic function. Nothing is known where it is neither: the validator says so. */
export function evaluateText(text: string, source: Source, guarded = false): Value {
  let term: Term;
  try {
    term = looksLikeCall(text) ? readCall(text) : { kind: 'path', path: readPath(text), at: 0 };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return ofTerm(term, source, guarded);
}

function ofTerm(term: Term, source: Source, guarded: boolean): Value {
  if (term.kind === 'literal') return undefined;
  if (term.kind === 'call') {
    const values = term.args.map((argument) => ofTerm(argument, source, guarded));
    return term.name === 'States.Array' ? tuple(values) : undefined;
  }
  const { root, steps } = term.path;
  let value = root === '$' ? source.input : root === '$$' ? source.context : source.lookup(root.variable);
  for (const step of steps) {
    const [name] = step.kind === 'names' ? step.names : [];
    if (!step.deep && name !== undefined && step.kind === 'names' && step.names.length === 1)
      value = member(value, name);
    else {
      // What a filter reads of the items is not looked at.
      if (step.deep || (step.kind !== 'indices' && step.kind !== 'all' && step.kind !== 'slice')) {
        source.onRead(value, guarded);
        return undefined;
      }
      const [only, ...others] = step.kind === 'indices' ? step.indices : [];
      value = only !== undefined && others.length === 0 ? itemAt(value, only) : list([itemsOf(value)]);
    }
  }
  source.onRead(value, guarded);
  return value;
}

/** The names that a reference path such as a `ResultPath` goes through; undefined where it has other steps. */
export function referenceNames(text: string): readonly string[] | undefined {
  try {
    const { root, steps } = readPath(text);
    const names = steps.map((step) =>
      step.kind === 'names' && step.names.length === 1 && !step.deep ? step.names[0]! : '',
    );
    return root === '$' && !names.includes('') ? names : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
