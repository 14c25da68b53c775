import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../asl/json/value.ts';
import { diffPolicies, normalPolicy } from '../../../deploy/diff/policy.ts';

const policy = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[], more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

describe('the diff of policies', () => {
  test('how permissions are grouped, and in which order, is no difference', () => {
    const one = policy(
      allow(['s3:GetObject', 's3:PutObject'], ['a', 'b'], { Condition: { StringEquals: { k: 'v' } } }),
    );
    const other = policy(
      allow('s3:PutObject', ['b', 'a'], { Condition: { StringEquals: { k: ['v'] } } }),
      allow('s3:GetObject', 'b', { Condition: { StringEquals: { k: ['v'] } } }),
      allow('s3:GetObject', 'a', { Condition: { StringEquals: { k: 'v' } } }),
    );
    expect(diffPolicies(one, other)).toEqual({ gained: [], lost: [] });
    expect(normalPolicy(one)).toEqual(normalPolicy(other));
  });

  test('what is gained and lost is named by action and resource', () => {
    expect(
      diffPolicies(policy(allow(['s3:GetObject', 's3:PutObject'], ['a'])), policy(allow(['s3:GetObject'], ['a', 'b']))),
    ).toEqual({
      gained: [{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['b'] }],
      lost: [{ effect: 'Allow', actions: ['s3:PutObject'], resources: ['a'] }],
    });
  });

  test('another condition is another permission', () => {
    const { gained, lost } = diffPolicies(
      policy(allow('s3:GetObject', 'a', { Condition: { StringLike: { k: 'x*' } } })),
      policy(allow('s3:GetObject', 'a')),
    );
    expect(gained).toEqual([{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['a'] }]);
    expect(lost).toEqual([
      { effect: 'Allow', actions: ['s3:GetObject'], resources: ['a'], condition: { StringLike: { k: ['x*'] } } },
    ]);
  });
});
