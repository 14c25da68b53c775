import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../asl/json/value.ts';
import { fillPlaceholders } from '../../../asl/placeholders/index.ts';
import { filledValues } from '../../../runs/resume/deployed-values.ts';

test('what deploy filled in is read off the definition', () => {
  const template = {
    a: 's3://${lake}/gold/${lake}',
    b: ['${role}', "{% 'x' & '${region}-${lake}' %}"],
    c: 1,
    d: 'plain',
  };
  const values = { lake: 'my-lake', role: 'arn:aws:iam::1:role/x', region: 'eu-west-1' };
  expect(filledValues(template, fillPlaceholders(template, values))).toEqual(values);
});

test('another definition is not this one, filled', () => {
  expect(filledValues({ a: 's3://${lake}/x' }, { a: 's3://lake/y' })).toBeUndefined();
  expect(filledValues({ a: '${lake}', b: '${lake}' }, { a: 'one', b: 'two' })).toBeUndefined();
  expect(filledValues({ a: '${lake}' }, { a: 'one', more: 1 })).toBeUndefined();
});

test('whatever the values, they fill it again', () => {
  const value = fc.stringMatching(/^[\w./:-]{1,12}$/);
  const texts = fc.array(fc.constantFrom('${a}', '${b}', '${c}', 's3://', '/', 'x'), { maxLength: 5 });
  fc.assert(
    fc.property(fc.record({ a: value, b: value, c: value }), fc.array(texts, { maxLength: 5 }), (values, lines) => {
      // Each stands somewhere by itself, as a bucket or a role does.
      const template = [...lines.map((parts) => parts.join('')), 'a ${a}', 'b ${b}', 'c ${c}'] as Json;
      const filled = fillPlaceholders(template, values);
      const found = filledValues(template, filled);
      expect(found).toBeDefined();
      expect(fillPlaceholders(template, found!)).toEqual(filled);
    }),
  );
});
