import { describe, expect, test } from '@jest/globals';
import { fillPolicy, resourceFault } from '../../../asl/services/iam/index.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const ours = (rest: string) => `arn:\${partition}:${rest.replace('@', '${region}:${account}')}`;
const filled = (template: string, x: string) =>
  fillPolicy({ Statement: [{ Effect: 'Allow', Action: ['a:B'], Resource: [template] }] }, { ...PLACE, x }).Statement[0]!
    .Resource[0];

describe('a profile of Bedrock leads to models, in regions that AWS chooses', () => {
  const Resource = ['inference-profile', 'application-inference-profile'].map((kind) =>
    ours(`bedrock:@:${kind}/\${x}`),
  );
  const models = (x: string, form?: string) => {
    const policy = { Statement: [{ Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource }] };
    const { Statement } = fillPolicy(policy, { ...PLACE, x }, form === undefined ? {} : { forms: { x: form } });
    return Statement[0]!.Resource.filter((arn) => arn.includes('foundation-model'));
  };
  test.each([
    ['anthropic.claude-v2', []],
    ['us.anthropic.claude-v2', ['anthropic.claude-v2']],
    ['arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.claude-v2', ['anthropic.claude-v2']],
    ['arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/a1b2', ['*']],
    ['arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2', []],
  ])('%s', (x, wanted) => {
    expect(models(x)).toEqual(wanted.map((name) => `arn:aws:bedrock:*::foundation-model/${name}`));
    // Of a parameter only the form is known.
    const any = wanted.length > 0 ? ['arn:aws:bedrock:*::foundation-model/*'] : [];
    expect(models('<x>', x)).toEqual(any);
  });
});

describe('a resource with a value of dagwright.yaml', () => {
  const own = 'eu-west-1:111122223333';
  test.each([
    ['lambda:@:function:${x}', 'f', `lambda:${own}:function:f`],
    ['lambda:@:function:${x}', 'f:live', `lambda:${own}:function:f:live`],
    ['lambda:@:function:${x}', '2:function:f', 'lambda:eu-west-1:2:function:f'],
    ['lambda:@:function:${x}', 'arn:aws:lambda:us-east-1:2:function:f', 'lambda:us-east-1:2:function:f'],
    ['lambda:@:function:${x}:live', 'arn:aws:lambda:us-east-1:2:function:f', 'lambda:us-east-1:2:function:f:live'],
    ['lambda:@:function:etl-${x}', 'prod', `lambda:${own}:function:etl-prod`],
    ['secretsmanager:@:secret:${x}-??????', 'a/b', `secretsmanager:${own}:secret:a/b-??????`],
    [
      'secretsmanager:@:secret:${x}-??????',
      'arn:aws:secretsmanager:us-east-1:2:secret:k-a1B2c3',
      'secretsmanager:us-east-1:2:secret:k-a1B2c3',
    ],
    [
      'secretsmanager:@:secret:${x}-??????',
      'arn:aws:secretsmanager:us-east-1:2:secret:k',
      'secretsmanager:us-east-1:2:secret:k-??????',
    ],
    ['ecs:@:task-definition/${x}:*', 'web', `ecs:${own}:task-definition/web:*`],
    ['ecs:@:task-definition/${x}:*', 'web:3', `ecs:${own}:task-definition/web:3`],
    [
      'ecs:@:task-definition/${x}:*',
      'arn:aws:ecs:us-east-1:2:task-definition/web:3',
      'ecs:us-east-1:2:task-definition/web:3',
    ],
    [
      'ecs:@:task-definition/${x}:*',
      'arn:aws:ecs:us-east-1:2:task-definition/web',
      'ecs:us-east-1:2:task-definition/web:*',
    ],
    ['ecs:@:task/${x}/*', 'c', `ecs:${own}:task/c/*`],
    ['ecs:@:task/${x}/*', 'arn:aws:ecs:us-east-1:2:cluster/c', 'ecs:us-east-1:2:task/c/*'],
    ['batch:@:job-definition/${x}:*', 'd:7', `batch:${own}:job-definition/d:7`],
    ['batch:@:job-queue/${x}', 'arn:aws:batch:us-east-1:2:job-queue/q', 'batch:us-east-1:2:job-queue/q'],
    ['ssm:@:parameter/${x}', '/prod/url', `ssm:${own}:parameter/prod/url`],
    ['ssm:@:parameter/${x}', 'arn:aws:ssm:us-east-1:2:parameter/prod/url', 'ssm:us-east-1:2:parameter/prod/url'],
    ['dynamodb:@:table/${x}/index/i', 'arn:aws:dynamodb:us-east-1:2:table/t', 'dynamodb:us-east-1:2:table/t/index/i'],
    ['s3:::${x}/in/*', 'lake', 's3:::lake/in/*'],
    [
      'sqs:${region}:${x__queue_account}:${x__queue_name}',
      'https://sqs.eu-west-1.amazonaws.com/2/q',
      'sqs:eu-west-1:2:q',
    ],
    [
      'states:${x__region}:${x__account}:execution:${x__name}:*',
      'arn:aws:states:us-east-1:2:stateMachine:m:live',
      'states:us-east-1:2:execution:m:*',
    ],
  ])('%s, x: %s → %s', (template, x, wanted) => {
    expect(filled(ours(template), x)).toBe(`arn:aws:${wanted}`);
    expect(resourceFault(filled(ours(template), x)!)).toBeUndefined();
  });

  test('that is a whole ARN stays it, and what cannot be filled stays as it is', () => {
    expect(filled('${x}', 'arn:aws:sns:us-east-1:2:t')).toBe('arn:aws:sns:us-east-1:2:t');
    expect(filled(ours('states:${x__region}:1:stateMachine:${x__name}'), 'm')).toBe(
      'arn:aws:states:${x__region}:1:stateMachine:${x__name}',
    );
  });

  test('is filled in by its form where the value itself is not known yet', () => {
    const policy = (Resource: string) => ({ Statement: [{ Effect: 'Allow', Action: ['a:B'], Resource }] });
    const shown = (template: string, form: string | undefined) =>
      fillPolicy(policy(ours(template)), { x: '<x>' }, { forms: form === undefined ? {} : { x: form } }).Statement[0]!
        .Resource;
    expect(shown('lambda:@:function:${x}', undefined)).toBe(ours('lambda:@:function:<x>'));
    expect(shown('lambda:@:function:${x}', 'arn:aws:lambda:us-east-1:2:function:f')).toBe('<x>');
    expect(shown('ssm:@:parameter/${x}', '/prod/url')).toBe(ours('ssm:@:parameter<x>'));
    expect(shown('ecs:@:task/${x}/*', 'arn:aws:ecs:us-east-1:2:cluster/c')).toBe('arn:${partition}:ecs:*:*:task/*/*');
  });

  test('names what a value’s ARN says of a resource of another type by its parts, where these can be had', () => {
    const policy = { Statement: [{ Effect: 'Allow', Action: ['a:B'], Resource: [ours('ecs:@:task/${x}/*')] }] };
    const shown = (x: string) =>
      fillPolicy(policy, { x: '<x>' }, { forms: { x }, partOf: (name, part) => `<${name}.${part}>` }).Statement[0]!
        .Resource;
    const place = 'arn:${partition}:ecs:<x.region>:<x.account>';
    expect(shown('arn:aws:ecs:us-east-1:2:cluster/c')).toEqual([`${place}:task/<x.path>/*`]);
    expect(shown('arn:aws:ecs:us-east-1:2:service/c/s')).toEqual([`${place}:task/*/*`]);
  });
});

test.each([
  ['crawler', 'It is no ARN'],
  ['service-role/crawler', 'It is no ARN'],
  ['arn:aws:s3:::', 'It has less than the six parts of an ARN'],
  ['arn:aws:s3', 'It has less than the six parts of an ARN'],
  ['arn:amazon:s3:::b', 'Its partition is "amazon"'],
  ['arn:aws:*:us-east-1:1:x', 'Its service is "*", and a policy must name one'],
  ['arn:aws:S3:::b', 'Its service is "S3", and a policy must name one'],
  ['arn:aws:iam:us-east-1:1:role/r', 'Resources of IAM are in no region'],
  ['arn:aws:kms:us-east-1:1:key/alias/a', 'A key is wanted, and an alias is none'],
  ['arn:aws:iam::my-account:role/r', 'Its account is "my-account"'],
  ['arn:aws:lambda:us-east-1:1:function:arn:aws:lambda:us-east-1:1:function:f', 'It has an ARN within an ARN'],
])('IAM would refuse %s', (resource, why) => {
  expect(resourceFault(resource)).toBe(why);
});

test.each(['*', '${topic}', 'arn:aws-cn:s3:::b/*', 'arn:${partition}:iam::aws:policy/x', 'arn:*:iam::*:role/*'])(
  'and takes %s',
  (resource) => expect(resourceFault(resource)).toBeUndefined(),
);
