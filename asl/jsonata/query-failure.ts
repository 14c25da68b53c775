import { BoundError, tooDeep, tooMuchMemory } from './bounds.ts';

/**
 * An expression that gives no JSON value. The interpreter makes it a `States.QueryEvaluationError` of the state that evaluates.
 * The texts are the service's own.
 */
export class QueryFailure extends Error {
  /** The place of the expression in its state, as `Output/result`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'QueryFailure';
    this.field = field;
  }
}

export function undefinedResult(text: string, field: string): QueryFailure {
  return new QueryFailure(
    field,
    `The JSONata expression '${text}' specified for the field '${field}' returned nothing (undefined).`,
  );
}

export function unsupportedResult(text: string, field: string): QueryFailure {
  return new QueryFailure(
    field,
    `The JSONata expression '${text}' specified for the field '${field}' returned an unsupported result type.`,
  );
}

export function threw(text: string, field: string, error: unknown): QueryFailure {
  const said = inItsWords(error);
  const where = `The JSONata expression '${text}' specified for the field '${field}'`;
  if (said === undefined) return new QueryFailure(field, `${where} threw an internal error during evaluation.`);
  const { code, message } = said as { code?: string; message?: string };
  const what = code === undefined ? String(message ?? said) : `${code}: ${message}`;
  const detail = said instanceof BoundError ? `: ${what}` : `. ${what}`;
  return new QueryFailure(field, `${where} threw an error during evaluation${detail}`);
}

/** Of a text or a list that JavaScript cannot make, it is so large. */
const TOO_LARGE =
  /^(Invalid (string|array|array buffer) length|Array buffer allocation failed|Invalid typed array length)/;

/**
 * What the service says of an expression that JSONata did not see to itself, so that JavaScript failed in it; nothing where the
 * service too has only an internal error for it.
 */
function inItsWords(error: unknown): unknown {
  if (error instanceof RangeError && error.message.includes('call stack')) return tooDeep();
  if (error instanceof RangeError && TOO_LARGE.test(error.message)) return tooMuchMemory();
  // A tail call of what is no function.
  if (error instanceof TypeError && error.message.startsWith('Cannot set properties of undefined')) {
    return { code: 'T1006', message: 'Attempted to invoke a non-function' };
  }
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
    ? undefined
    : error;
}
