import { expect, test } from '@jest/globals';
import { policyFaults } from '../../../engines/iam/policy-faults.ts';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };

test.each([
  ['a resource that is no ARN', [{ ...statement, Resource: ['my-bucket'] }], 'Statement[0].Resource'],
  ['the same under NotResource', [statement, { ...statement, NotResource: 'b' }], 'Statement[1].NotResource'],
  [
    'an operator that IAM does not have',
    [{ ...statement, Condition: { StringEqual: { 'aws:a': 'b' } } }],
    '"StringEqual"',
  ],
  [
    'a Sid that is there twice',
    [
      { ...statement, Sid: 'A' },
      { ...statement, Sid: 'A' },
    ],
    'Statement[1].Sid',
  ],
])('%s is a fault', (_, Statement, at) => {
  expect(policyFaults({ Statement })).toEqual([expect.stringContaining(at)]);
});

test.each([
  'StringEqualsIgnoreCaseIfExists',
  'ForAllValues:StringNotLike',
  'NumericLessThanEquals',
  'DateNotEquals',
  'BoolIfExists',
  'Null',
  'NotIpAddress',
  'ArnNotLike',
  'stringequals',
])('%s is an operator', (operator) => {
  expect(policyFaults({ Statement: { ...statement, Condition: { [operator]: { 'aws:a': 'true' } } } })).toEqual([]);
});

test('every statement that the project’s own pipeline has is taken', async () => {
  const { readFile } = await import('node:fs/promises');
  for (const name of ['policy.json', 'cleanup_policy.json'])
    expect(
      policyFaults(JSON.parse(await readFile(new URL(`../../../dist/datalake/${name}`, import.meta.url), 'utf8'))),
    ).toEqual([]);
});
