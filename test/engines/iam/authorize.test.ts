import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Asked,
  type Denied,
  denialText,
  type Iam,
  loadIam,
  type Policies,
  type StatementText,
} from '../../../engines/iam/index.ts';

const ACCOUNT = '111122223333';
const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:datalake`;
const ROLE = `arn:aws:sts::${ACCOUNT}:assumed-role/datalake/run`;

let iam: Iam;
beforeAll(async () => {
  iam = await loadIam('this test');
});

const policy = (...statements: StatementText[]) => ({ name: 'policy.json', policy: { Statement: statements } });
const allow = (Action: string, Resource: string | string[], Condition?: StatementText['Condition']): StatementText => ({
  Effect: 'Allow',
  Action: [Action],
  Resource,
  ...(Condition && { Condition }),
});

function ask(asked: Partial<Asked> & { readonly policies: Policies }) {
  return iam.authorize({ principal: ROLE, action: 'states:StartExecution', resource: MACHINE, context: {}, ...asked });
}

describe('a decision of IAM', () => {
  const live = { 'states:StateMachineQualifier': ['live'] };
  const qualified = (operator: string) =>
    policy(allow('states:StartExecution', MACHINE, { [operator]: { 'states:StateMachineQualifier': 'live' } }));

  test('a key of several values is met by ForAnyValue alone', () => {
    expect(ask({ context: live, policies: { identity: [qualified('ForAnyValue:StringEquals')] } })).toMatchObject({
      allowed: true,
      statements: [{ kind: 'identity', policy: 'policy.json', index: 0 }],
    });
    expect(ask({ context: live, policies: { identity: [qualified('StringEquals')] } })).toMatchObject({
      allowed: false,
      by: 'identity',
      explicit: false,
    });
  });

  test('of a condition that is not met the decision has what is wanted and what there is', () => {
    const decision = ask({
      context: { 'states:StateMachineQualifier': 'other' },
      policies: { identity: [policy(allow('s3:*', '*')), qualified('ForAnyValue:StringEquals')] },
    });
    expect(decision).toMatchObject({
      allowed: false,
      near: [
        {
          misses: 'condition',
          conditions: [
            {
              operator: 'ForAnyValue:StringEquals',
              key: 'states:StateMachineQualifier',
              wanted: ['live'],
              has: 'other',
            },
          ],
        },
      ],
    });
    expect(ask({ policies: { identity: [qualified('ForAnyValue:StringEquals')] } })).toMatchObject({
      near: [{ conditions: [expect.not.objectContaining({ has: expect.anything() })] }],
    });
  });

  test('of a statement for another resource it has that', () => {
    expect(ask({ policies: { identity: [policy(allow('states:*', `${MACHINE}2`))] } })).toMatchObject({
      allowed: false,
      near: [{ misses: 'resource', index: 0, conditions: [] }],
    });
  });

  test('an alias’s ARN in a policy allows nothing on the machine', () => {
    expect(ask({ policies: { identity: [policy(allow('states:StartExecution', `${MACHINE}:live`))] } }).allowed).toBe(
      false,
    );
  });

  test('a Deny decides, wherever it stands, and is named', () => {
    const deny = { ...allow('states:*', '*'), Effect: 'Deny' };
    const all = policy(allow('*', '*'));
    for (const [by, policies] of [
      ['identity', { identity: [all, policy(deny)] }],
      ['boundary', { identity: [all], boundary: [policy(allow('*', '*'), deny)] }],
      ['organization', { identity: [all], organization: [[all], [policy(allow('*', '*'), deny)]] }],
    ] as const)
      expect(ask({ policies })).toMatchObject({
        allowed: false,
        by,
        explicit: true,
        statements: [{ statement: deny }],
      });
  });

  test('a boundary and each level of an organization must allow', () => {
    const all = policy(allow('*', '*'));
    const other = policy(allow('s3:*', '*'));
    expect(ask({ policies: { identity: [all], boundary: [other] } })).toMatchObject({
      by: 'boundary',
      explicit: false,
    });
    expect(ask({ policies: { identity: [all], organization: [[all], [other]] } })).toMatchObject({
      by: 'organization',
    });
    expect(ask({ policies: { identity: [other], boundary: [other], organization: [[other]] } })).toMatchObject({
      by: 'identity',
    });
    expect(ask({ policies: { identity: [all], boundary: [all], organization: [[all], [all]] } }).allowed).toBe(true);
  });

  test('an action that no resource narrows is allowed on * alone', () => {
    const run = { action: 'elasticmapreduce:RunJobFlow', resource: '*' };
    const cluster = `arn:aws:elasticmapreduce:us-east-1:${ACCOUNT}:cluster/*`;
    expect(ask({ ...run, policies: { identity: [policy(allow('elasticmapreduce:*', '*'))] } }).allowed).toBe(true);
    expect(ask({ ...run, policies: { identity: [policy(allow('elasticmapreduce:*', cluster))] } })).toMatchObject({
      allowed: false,
      near: [{ misses: 'resource' }],
    });
    const denied = { Effect: 'Deny', Action: '*', NotResource: cluster };
    expect(ask({ ...run, policies: { identity: [policy(allow('*', '*'), denied)] } })).toMatchObject({
      explicit: true,
    });
  });

  test('a star in a key of S3 is a character', () => {
    const key = { action: 's3:GetObject', resource: 'arn:aws:s3:::lake/a*/b' };
    expect(
      ask({ ...key, policies: { identity: [policy(allow('s3:GetObject', 'arn:aws:s3:::lake/a?/b'))] } }).allowed,
    ).toBe(true);
    expect(
      ask({ ...key, policies: { identity: [policy(allow('s3:GetObject', 'arn:aws:s3:::lake/aa/b'))] } }).allowed,
    ).toBe(false);
  });

  test('a trust policy decides who assumes a role', () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/starter`;
    const trust = (source: string) => ({
      name: 'trust',
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { ArnLike: { 'aws:SourceArn': source } },
          },
        ],
      },
    });
    const group = `arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule-group/default`;
    const assume = {
      principal: 'scheduler.amazonaws.com',
      action: 'sts:AssumeRole',
      resource: role,
      context: { 'aws:SourceArn': group, 'aws:SourceAccount': ACCOUNT },
    };
    expect(ask({ ...assume, policies: { resource: trust(group) } }).allowed).toBe(true);
    expect(
      ask({ ...assume, policies: { resource: trust(group.replace('schedule-group/default', 'schedule/default/x')) } }),
    ).toMatchObject({ allowed: false, by: 'resource', near: [{ misses: 'condition' }] });
  });

  test('AWS’s own wording', () => {
    const request = { action: 'states:StartExecution', resource: MACHINE, context: {} };
    const textOf = (policies: Policies) => denialText(ROLE, request, ask({ policies }) as Denied);
    const start = `User: ${ROLE} is not authorized to perform: states:StartExecution on resource: ${MACHINE}`;
    expect(textOf({ identity: [] })).toBe(
      `${start} because no identity-based policy allows the states:StartExecution action`,
    );
    expect(textOf({ identity: [policy(allow('*', '*'))], boundary: [policy(allow('s3:*', '*'))] })).toBe(
      `${start} because no permissions boundary allows the states:StartExecution action`,
    );
    expect(textOf({ identity: [policy({ ...allow('*', '*'), Effect: 'Deny' })] })).toBe(
      `${start} with an explicit deny in an identity-based policy`,
    );
  });
});
