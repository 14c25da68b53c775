import { describe, expect, test } from '@jest/globals';
import { accessDenied } from '../../aws/access-denied.ts';

const ANN = 'arn:aws-cn:iam::111122223333:user/ann';
const of = (service: string, operation: string, input: object) => ({ service, operation, input, partition: 'aws-cn' });

describe('what is denied', () => {
  test('as IAM says it', () => {
    const machine = 'arn:aws-cn:states:cn-north-1:111122223333:stateMachine:ratings';
    const said = `User: ${ANN} is not authorized to perform: states:UpdateStateMachine on resource: ${machine} because no identity-based policy allows the states:UpdateStateMachine action`;
    expect(accessDenied(said, of('sfn', 'UpdateStateMachine', {}))).toEqual({
      action: 'states:UpdateStateMachine',
      resource: machine,
      caller: ANN,
      detail: 'no identity-based policy allows the states:UpdateStateMachine action',
    });
  });

  test.each([
    ['role EMR_DefaultRole', 'role/EMR_DefaultRole'],
    ['role AWSServiceRoleForEMRCleanup', 'role/aws-service-role/*/AWSServiceRoleForEMRCleanup'],
    ['instance profile machines', 'instance-profile/machines'],
    ['policy arn:aws-cn:iam::111122223333:policy/team/bounds', 'policy/team/bounds'],
  ])('as IAM says it of its own things: %s', (thing, path) => {
    const said = `User: ${ANN} is not authorized to perform: iam:GetRole on resource: ${thing} because no identity-based policy allows the iam:GetRole action`;
    expect(accessDenied(said, of('iam', 'GetRole', { RoleName: 'x' })).resource).toBe(
      `arn:aws-cn:iam::111122223333:${path}`,
    );
  });

  test('S3 says nothing of what is asked by HEAD', () => {
    expect(accessDenied('UnknownError', of('s3', 'HeadBucket', { Bucket: 'b' }))).toEqual({
      action: 's3:ListBucket',
      resource: 'arn:aws-cn:s3:::b',
    });
  });

  test('with an explicit deny of the organization', () => {
    const said = `User: ${ANN} is not authorized to perform: iam:CreateRole on resource: arn:aws-cn:iam::111122223333:role/r with an explicit deny in a service control policy`;
    expect(accessDenied(said, of('iam', 'CreateRole', {}))).toMatchObject({
      action: 'iam:CreateRole',
      resource: 'arn:aws-cn:iam::111122223333:role/r',
      detail: 'an explicit deny in a service control policy',
    });
  });

  test('PassRole, which another call needs', () => {
    const role = 'arn:aws-cn:iam::111122223333:role/dagwright-ratings';
    const said = `User: ${ANN} is not authorized to perform: iam:PassRole on resource: ${role} because no identity-based policy allows the iam:PassRole action`;
    expect(accessDenied(said, of('sfn', 'CreateStateMachine', { name: 'ratings', roleArn: role }))).toMatchObject({
      action: 'iam:PassRole',
      resource: role,
    });
  });

  test('where AWS does not say it, the call does, in the caller’s partition', () => {
    expect(accessDenied('Access Denied', of('s3', 'PutObject', { Bucket: 'b', Key: 'k' }))).toEqual({
      action: 's3:PutObject',
      resource: 'arn:aws-cn:s3:::b/k',
      detail: 'Access Denied',
    });
    expect(accessDenied('', of('s3', 'HeadBucket', { Bucket: 'b' }))).toEqual({
      action: 's3:ListBucket',
      resource: 'arn:aws-cn:s3:::b',
    });
    const { partition: _, ...unknown } = of('s3', 'GetObject', { Bucket: 'b', Key: 'k' });
    expect(accessDenied('Access Denied', unknown).resource).toBe('arn:aws:s3:::b/k');
  });

  test('a log group with tags, of which CloudWatch Logs names no action', () => {
    const said = 'User with accountId: 111122223333 is not authorized to perform CreateLogGroup with Tags';
    expect(accessDenied(said, of('cloudwatchlogs', 'CreateLogGroup', { logGroupName: '/g' }))).toEqual({
      action: 'logs:TagResource',
      resource: '/g',
    });
  });
});
