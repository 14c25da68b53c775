import { expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { trusts } from '../../../deploy/checks/trust.ts';

const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:ratings';
const ASSUMING = {
  services: ['states.amazonaws.com', 'states.eu-west-1.amazonaws.com'],
  context: { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': MACHINE },
};

const states = { Service: 'states.amazonaws.com' };
const allow = (more: JsonObject = {}): JsonObject => ({
  ...{ Effect: 'Allow', Principal: states, Action: 'sts:AssumeRole' },
  ...more,
});
const policy = (...Statement: readonly JsonObject[]): Json => ({ Version: '2012-10-17', Statement });
const when = (operator: string, key: string, value: Json) => allow({ Condition: { [operator]: { [key]: value } } });

test.each<[string, Json]>([
  ['the service', policy(allow())],
  ['a statement that is not in a list', { Statement: allow() }],
  [
    'the service among others',
    policy(allow({ Principal: { Service: ['glue.amazonaws.com', 'states.amazonaws.com'] } })),
  ],
  ['the service of the region', policy(allow({ Principal: { Service: 'states.eu-west-1.amazonaws.com' } }))],
  ['everybody', policy(allow({ Principal: '*' }))],
  ['several actions', policy(allow({ Action: ['sts:TagSession', 'sts:AssumeRole'] }))],
  ['all actions of STS', policy(allow({ Action: 'sts:*' }))],
  ['its account', policy(when('StringEquals', 'aws:SourceAccount', '111122223333'))],
  ['one of several accounts', policy(when('StringEquals', 'AWS:sourceaccount', ['1', '111122223333']))],
  ['machines of a name', policy(when('ArnLike', 'aws:SourceArn', 'arn:aws:states:*:111122223333:stateMachine:rat*'))],
  ['a pattern in ArnEquals', policy(when('ArnEquals', 'aws:SourceArn', 'arn:aws:states:*:*:stateMachine:*'))],
  ['if it is said at all', policy(when('StringEqualsIfExists', 'aws:SourceAccount', '111122223333'))],
  [
    'a denial of another account',
    policy(allow(), { ...when('StringNotEquals', 'aws:SourceAccount', '111122223333'), Effect: 'Deny' }),
  ],
])('is trusted: %s', (_name, document) => {
  expect(trusts(document, ASSUMING)).toBe('yes');
});

test.each<[string, Json]>([
  ['nobody', policy()],
  ['no document', null],
  [
    'another service, which its description names',
    policy(allow({ Sid: 'states.amazonaws.com', Principal: { Service: 'glue.amazonaws.com' } })),
  ],
  ['a service whose name only begins alike', policy(allow({ Principal: { Service: 'states.amazonaws.com.evil' } }))],
  ['an account', policy(allow({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }))],
  ['another action', policy(allow({ Action: 'sts:AssumeRoleWithWebIdentity' }))],
  ['another account', policy(when('StringEquals', 'aws:SourceAccount', '999999999999'))],
  [
    'another machine',
    policy(when('ArnLike', 'aws:SourceArn', 'arn:aws:states:eu-west-1:111122223333:stateMachine:other')),
  ],
  ['a statement that denies', policy(allow(), allow({ Effect: 'Deny' }))],
  ['everybody but it', policy({ Effect: 'Allow', NotPrincipal: states, Action: 'sts:AssumeRole' })],
  ['all but that action', policy({ Effect: 'Allow', Principal: states, NotAction: 'sts:AssumeRole' })],
])('is not trusted: %s', (_name, document) => {
  expect(trusts(document, ASSUMING)).toBe('no');
});

test('a condition on what nobody here knows is said with its keys', () => {
  const document = policy(when('StringEquals', 'aws:SourceOrgID', 'o-1'));
  expect(trusts(document, ASSUMING)).toEqual({ unsaid: ['aws:SourceOrgID'] });
  // Another statement that fits makes it certain; one that denies makes it open again.
  expect(trusts(policy(when('StringEquals', 'aws:SourceOrgID', 'o-1'), allow()), ASSUMING)).toBe('yes');
  const denied = { ...when('DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z'), Effect: 'Deny' };
  expect(trusts(policy(allow(), denied), ASSUMING)).toEqual({ unsaid: ['aws:CurrentTime'] });
});
