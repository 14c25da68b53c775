import { parse } from '@cdktn/hcl2json';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { block, hcl, raw, type Value } from '../../deploy/export/terraform/hcl.ts';

/** HCL's JSON has a text as a template: what is escaped in it stays so. */
const unescaped = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/([$%])\1\{/g, '$1{');
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [unescaped(key) as string, unescaped(item)]));
};

describe('HCL', () => {
  test('holds any value as it is, for HashiCorp’s parser', async () => {
    // Terraform's texts are in Unicode's normal form.
    const text = fc
      .oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', '\n', 'a', '’') }),
      )
      .map((one) => one.normalize('NFC'));
    const { value } = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(value, async (one) => {
        const parsed = (await parse('x.tf', hcl([block('locals', [], [['x', one]])]))) as { locals: [{ x: unknown }] };
        expect(unescaped(parsed.locals[0].x)).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });

  test('has expressions as they are, blocks apart, and equals signs below each other', () => {
    const inner = block('inner', [], [['a', 1]]);
    expect(
      hcl([
        block(
          'resource',
          ['x', 'y'],
          [['name', 'n'], ['role_arn', raw('var.role')], ['tags', { a: 'b' }], inner, ['z', true]],
        ),
      ]),
    ).toBe(
      `resource "x" "y" {
  name     = "n"
  role_arn = var.role
  tags = {
    a = "b"
  }

  inner {
    a = 1
  }

  z = true
}
`,
    );
  });
});
