import { nearest } from '../../diagnostics/did-you-mean.ts';
import { token, unescaped, valueAt } from '../json/pointer.ts';
import { isObject, type Json } from '../json/value.ts';
import {
  CATCHER_FIELDS,
  CHOICE_RULE_FIELDS,
  MAP_PART_FIELDS,
  RETRIER_FIELDS,
  STATE_FIELDS,
} from '../language/fields.ts';
import { hasFieldsLater, isFilledLater, isKeyLater } from './draft.ts';
import type { Report } from './rule.ts';

/** A text that is an expression. Half-open ones are reported as such by rules/jsonata.ts, and pass here. */
export const EXPRESSION = '^\\{%';
/** The same where a number may stand, too. */
export const NUMBER = '^[{]%';

/** What ajv says of a value. */
export interface SchemaFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
}

const TYPES: { readonly [type: string]: string } = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};
const KNOWN = [
  ...new Set(
    [...Object.values(STATE_FIELDS), RETRIER_FIELDS, CATCHER_FIELDS, CHOICE_RULE_FIELDS].flatMap((fields) =>
      Object.keys(fields),
    ),
  ),
  ...MAP_PART_FIELDS,
];

/**
 * Whether what ajv says of may be right once the document is filled in. A text in quotes stays a text, whatever it is
 * filled with: `"${n}"` is no number.
 */
export function mayBeMended(
  { instancePath, keyword, params }: SchemaFault,
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

/** Turns a complaint of ajv about a field of `what` into one of ours: which object, which field, what to write. */
export function reportFault(fault: SchemaFault, value: Json, path: string, what: string, report: Report): void {
  const at = path + fault.instancePath;
  const field = unescaped(fault.instancePath.slice(1).replaceAll('/', '.'));
  const inner = field === '' ? what : `${what}: ${field}`;
  switch (fault.keyword) {
    case 'required':
      report('ASL010', { what: inner, field: String(fault.params.missingProperty) }, at);
      return;
    case 'additionalProperties': {
      const extra = String(fault.params.additionalProperty);
      report('ASL011', { what: inner, field: extra, suggestion: suggestion(extra, value) }, `${at}/${token(extra)}`, {
        onKey: true,
      });
      return;
    }
    default:
      report('ASL012', { what, field, must: must(fault) }, at);
  }
}

function must({ keyword, params }: SchemaFault): string {
  switch (keyword) {
    case 'type':
      return [params.type]
        .flat()
        .map((type) => TYPES[String(type)] ?? String(type))
        .join(' or ');
    case 'enum':
      return (params.allowedValues as readonly unknown[]).map((allowed) => JSON.stringify(allowed)).join(' or ');
    case 'minimum':
      return `at least ${params.limit}`;
    case 'maximum':
      return `at most ${params.limit}`;
    case 'pattern':
      return 'an expression {% … %}, where it is text';
    case 'minLength':
      return 'text that is not empty';
    default:
      return keyword === 'minItems' ? 'a list that is not empty' : 'an object that is not empty';
  }
}

/** The field that was meant, unless it is there already. */
function suggestion(field: string, value: Json): string | undefined {
  const present = new Set(Object.keys(value as object));
  return nearest(
    field,
    KNOWN.filter((known) => !present.has(known)),
  );
}
