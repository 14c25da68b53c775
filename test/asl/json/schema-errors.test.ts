import { expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type SchemaFault, schemaFault } from '../../../asl/json/schema-errors.ts';

/** What ajv and we say of a value that a schema refuses. */
function faults(schema: object, value: unknown): SchemaFault[] {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: false, verbose: true }).compile(
    schema,
  );
  expect(validate(value)).toBe(false);
  return validate.errors!.map(schemaFault);
}

it.each([
  [{ type: 'string' }, 1, 'text'],
  [{ type: ['integer', 'boolean'] }, 'x', 'a whole number or true or false'],
  [{ type: 'array' }, {}, 'a list'],
  [{ type: 'object' }, null, 'an object'],
  [{ enum: ['a', 'b'] }, 'c', '"a" or "b"'],
  [{ minimum: 1 }, 0, 'at least 1'],
  [{ maximum: 1 }, 2, 'at most 1'],
  [{ exclusiveMinimum: 1 }, 1, 'more than 1'],
  [{ exclusiveMaximum: 1 }, 1, 'less than 1'],
  [{ multipleOf: 5 }, 7, 'a multiple of 5'],
  [{ pattern: '^a' }, 'b', 'text that matches ^a'],
  [{ minLength: 1 }, '', 'text that is not empty'],
  [{ minLength: 3 }, 'ab', 'text of at least 3 characters'],
  [{ maxLength: 1 }, 'ab', 'text of at most 1 character'],
  [{ minItems: 1 }, [], 'a list that is not empty'],
  [{ maxItems: 2 }, [1, 2, 3], 'a list of at most 2 items'],
  [{ minProperties: 1 }, {}, 'an object that is not empty'],
  [{ maxProperties: 1 }, { a: 1, b: 2 }, 'an object of at most 1 field'],
  [{ uniqueItems: true }, [1, 1], 'a list without repetitions'],
  [{ const: 1 }, 2, 'what its schema says under "const"'],
  [{ type: 'string', description: 'a region' }, 1, 'a region'],
])('%j refuses %j: it must be %s', (schema, value, wanted) => {
  expect(faults(schema, value)).toEqual([{ kind: 'value', path: [], wanted }]);
});

it('a fault has its place, and the field that is missing or unknown', () => {
  const inner = { type: 'object', properties: { a: {} }, required: ['a'], additionalProperties: false };
  const schema = { type: 'object', properties: { 'x/y': { type: 'array', items: inner } } };
  expect(faults(schema, { 'x/y': [{ a: 1 }, { b: 1 }] })).toEqual([
    { kind: 'missing', path: ['x/y', '1'], field: 'a' },
    { kind: 'unknown', path: ['x/y', '1'], field: 'b' },
  ]);
});
