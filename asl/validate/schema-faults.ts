import { nearest } from '../../diagnostics/did-you-mean.ts';
import { token, valueAt } from '../json/pointer.ts';
import { type SchemaError, schemaFault } from '../json/schema-errors.ts';
import { isObject, type Json } from '../json/value.ts';
import { FIELD_NAMES } from '../language/fields.ts';
import { hasFieldsLater, isFilledLater, isKeyLater } from './draft.ts';
import type { Report } from './rule.ts';

/** A text that is an expression. Half-open ones are reported as such by rules/jsonata.ts, and pass here. */
export const EXPRESSION = '^\\{%';
/** The same where a number may stand, too. */
export const NUMBER = '^[{]%';

/**
 * Whether a value that ajv refuses may be right once the document is filled in. A text in quotes stays a text, whatever it is
 * filled with: `"${n}"` is no number.
 */
export function mayBeMended(
  { instancePath, keyword, params }: SchemaError,
  value: Json,
  path: string,
  untyped: ReadonlySet<string>,
): boolean {
  if (untyped.has(path + instancePath)) return true;
  const at = valueAt(value, instancePath);
  if (keyword === 'required') return isObject(at) && hasFieldsLater(at);
  if (keyword === 'additionalProperties') return isKeyLater(String(params.additionalProperty));
  return keyword !== 'type' && !(keyword === 'pattern' && params.pattern === NUMBER) && isFilledLater(at);
}

/**
 * Reports an error of ajv's about a field of `what` as a finding: which object, which field, what to write.
 * @param fields those that the value may have, where they are known
 */
export function reportFault(
  error: SchemaError,
  value: Json,
  path: string,
  what: string,
  report: Report,
  fields?: readonly string[],
): void {
  const at = path + error.instancePath;
  const fault = schemaFault(error);
  const field = fault.path.join('.');
  const inner = field === '' ? what : `${what}: ${field}`;
  if (fault.kind === 'missing') report('ASL010', { what: inner, field: fault.field }, at);
  else if (fault.kind === 'unknown')
    report(
      'ASL011',
      {
        ...{ what: inner, field: fault.field },
        ...meantBy(fault.field, valueAt(value, error.instancePath), field === '' ? fields : undefined),
      },
      `${at}/${token(fault.field)}`,
      { onKey: true },
    );
  else report('ASL012', { what, field, must: error.keyword === 'pattern' ? EXPRESSION_WANTED : fault.wanted }, at);
}

/** Every pattern of the schemas is that of an expression. */
const EXPRESSION_WANTED = 'an expression {% … %}, where it is text';

/** The field that was meant, and whether it is there already. */
function meantBy(
  field: string,
  object: Json | undefined,
  fields: Iterable<string> = FIELD_NAMES,
): { readonly suggestion?: string; readonly isThere?: boolean } {
  const suggestion = nearest(field, fields);
  return suggestion === undefined ? {} : { suggestion, isThere: isObject(object) && Object.hasOwn(object, suggestion) };
}
