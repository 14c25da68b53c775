import { keysOf } from './pointer.ts';

/** An error of ajv's, as much of it as is read here: a compiled schema has it without ajv. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  /** The schema that refuses the value, where ajv is `verbose`. */
  readonly parentSchema?: unknown;
}

/** What is wrong with a value that its schema refuses, and where: keys from the root. */
export type SchemaFault =
  | { readonly kind: 'missing'; readonly path: readonly string[]; readonly field: string }
  | { readonly kind: 'unknown'; readonly path: readonly string[]; readonly field: string }
  /** The value must be `wanted`: `a whole number`, `at least 1`. */
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly wanted: string };

/**
 * An error of ajv's in our words. The description of a schema takes the place of words made from its keywords.
 *
 * @example
 * schemaFault({ instancePath: '/a', keyword: 'minimum', params: { limit: 1 } }) // { kind: 'value', path: ['a'], wanted: 'at least 1' }
 */
export function schemaFault({ instancePath, keyword, params, parentSchema }: SchemaError): SchemaFault {
  const path = keysOf(instancePath);
  if (keyword === 'required') return { kind: 'missing', path, field: String(params.missingProperty) };
  if (keyword === 'additionalProperties') return { kind: 'unknown', path, field: String(params.additionalProperty) };
  const described = (parentSchema as { readonly description?: string } | undefined)?.description;
  return { kind: 'value', path, wanted: described ?? wanted(keyword, params) };
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

function wanted(keyword: string, { limit, type, allowedValues, pattern, multipleOf }: SchemaError['params']): string {
  switch (keyword) {
    case 'type':
      return [type]
        .flat()
        .map((one) => TYPES[String(one)] ?? String(one))
        .join(' or ');
    case 'enum':
      return (allowedValues as readonly unknown[]).map((allowed) => JSON.stringify(allowed)).join(' or ');
    case 'minimum':
      return `at least ${limit}`;
    case 'maximum':
      return `at most ${limit}`;
    case 'exclusiveMinimum':
      return `more than ${limit}`;
    case 'exclusiveMaximum':
      return `less than ${limit}`;
    case 'multipleOf':
      return `a multiple of ${multipleOf}`;
    case 'pattern':
      return `text that matches ${pattern}`;
    case 'minLength':
      return limit === 1 ? 'text that is not empty' : `text of at least ${limit} characters`;
    case 'maxLength':
      return `text of at most ${limit} character${limit === 1 ? '' : 's'}`;
    case 'minItems':
      return limit === 1 ? 'a list that is not empty' : `a list of at least ${limit} items`;
    case 'maxItems':
      return `a list of at most ${limit} item${limit === 1 ? '' : 's'}`;
    case 'minProperties':
      return limit === 1 ? 'an object that is not empty' : `an object of at least ${limit} fields`;
    case 'maxProperties':
      return `an object of at most ${limit} field${limit === 1 ? '' : 's'}`;
    case 'uniqueItems':
      return 'a list without repetitions';
    default:
      return `what its schema says under "${keyword}"`;
  }
}
