import { describe, expect, test } from '@jest/globals';
import { type Circumstances, requestsOf } from '../../../engines/iam/index.ts';
import { SERVICES_IAM } from '../../../tasks/services.ts';

const PLACE = { partition: 'aws', region: 'us-east-1', account: '111122223333' };

function asked(service: string, action: string, args: unknown, more: Partial<Circumstances> = {}) {
  return requestsOf({ service, action, arguments: args }, { place: PLACE, services: SERVICES_IAM, ...more });
}

/** What is asked, without the context. */
function forms(service: string, action: string, args: unknown) {
  return asked(service, action, args).map(({ action: one, resource }) => `${one} ${resource}`);
}

describe('what IAM is asked when an API is called', () => {
  test.each([
    ['glue', 'startCrawler', { Name: 'gold' }, ['glue:StartCrawler arn:aws:glue:us-east-1:111122223333:crawler/gold']],
    [
      'glue',
      'createDatabase',
      { DatabaseInput: { Name: 'films' } },
      [
        'glue:CreateDatabase arn:aws:glue:us-east-1:111122223333:catalog',
        'glue:CreateDatabase arn:aws:glue:us-east-1:111122223333:database/films',
      ],
    ],
    [
      'glue',
      'createCrawler',
      { Name: 'gold', Role: 'crawler' },
      ['glue:CreateCrawler *', 'iam:PassRole arn:aws:iam::111122223333:role/crawler'],
    ],
    ['s3', 'headObject', { Bucket: 'lake', Key: 'a/b.csv' }, ['s3:GetObject arn:aws:s3:::lake/a/b.csv']],
    ['s3', 'getObject', { Bucket: 'lake', Key: 'a:${region}/*' }, ['s3:GetObject arn:aws:s3:::lake/a:${region}/*']],
    ['s3', 'listObjectsV2', { Bucket: 'lake', Prefix: 'a/' }, ['s3:ListBucket arn:aws:s3:::lake']],
    [
      'emr',
      'runJobFlow',
      { Name: 'c', ServiceRole: 'emr', JobFlowRole: 'nodes' },
      [
        'elasticmapreduce:RunJobFlow *',
        'iam:CreateServiceLinkedRole arn:aws:iam::111122223333:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup',
        'iam:PassRole arn:aws:iam::111122223333:role/emr',
        'iam:PassRole arn:aws:iam::111122223333:role/nodes',
      ],
    ],
    [
      'emr',
      'terminateJobFlows',
      { JobFlowIds: ['j-1', 'j-2'] },
      [
        'elasticmapreduce:TerminateJobFlows arn:aws:elasticmapreduce:us-east-1:111122223333:cluster/j-1',
        'elasticmapreduce:TerminateJobFlows arn:aws:elasticmapreduce:us-east-1:111122223333:cluster/j-2',
      ],
    ],
  ])('%s:%s', (service, action, args, requests) => {
    expect(forms(service, action, args).sort()).toEqual([...requests].sort());
  });

  test('an alias is a key of the context, the resource is the machine', () => {
    const machine = 'arn:aws:states:us-east-1:111122223333:stateMachine:datalake';
    const start = (arn: string) => asked('sfn', 'startExecution', { stateMachineArn: arn, input: '{}' });
    expect(start(`${machine}:live`)).toEqual([
      {
        action: 'states:StartExecution',
        resource: machine,
        context: expect.objectContaining({ 'states:StateMachineQualifier': ['live'] }),
      },
    ]);
    expect(start(machine)[0]!.context).not.toHaveProperty('states:StateMachineQualifier');
  });

  test('a role that is handed on says to whom', () => {
    const asks = asked('emr', 'runJobFlow', { ServiceRole: 'emr', JobFlowRole: 'nodes' });
    const passed = asks.filter(({ action }) => action === 'iam:PassRole');
    expect(passed.map(({ context }) => context['iam:PassedToService'])).toEqual([
      'elasticmapreduce.amazonaws.com',
      'ec2.amazonaws.com',
    ]);
  });

  test('tags of the request and of the resource, by the keys that the action has', () => {
    const tags = { 'dagwright:execution': 'arn:x' };
    const [run] = asked('emr', 'runJobFlow', { Tags: [{ Key: 'dagwright:execution', Value: 'arn:x' }] });
    expect(run!.context).toMatchObject({
      'aws:RequestTag/dagwright:execution': 'arn:x',
      'elasticmapreduce:RequestTag/dagwright:execution': 'arn:x',
      'aws:TagKeys': ['dagwright:execution'],
    });
    const [end] = asked(
      'emr',
      'terminateJobFlows',
      { JobFlowIds: ['j-1'] },
      {
        tagsOf: (arn) => (arn.endsWith('/j-1') ? tags : undefined),
      },
    );
    expect(end!.context).toMatchObject({
      'aws:ResourceTag/dagwright:execution': 'arn:x',
      'elasticmapreduce:ResourceTag/dagwright:execution': 'arn:x',
    });
    const [put] = asked('s3', 'putObject', { Bucket: 'lake', Key: 'k', Tagging: 'a=b' });
    expect(Object.keys(put!.context).filter((key) => /tag\//i.test(key))).toEqual([]);
  });

  test('the region, who calls on behalf, and what a key is called after', () => {
    const [list] = asked(
      's3',
      'listObjectsV2',
      { Bucket: 'lake', Prefix: 'a/' },
      { calledVia: ['athena.amazonaws.com'] },
    );
    expect(list!.context).toMatchObject({
      'aws:RequestedRegion': 'us-east-1',
      'aws:CalledVia': ['athena.amazonaws.com'],
      'aws:ViaAWSService': 'true',
      's3:prefix': 'a/',
    });
  });

  test('another partition', () => {
    const place = { partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' };
    expect(asked('glue', 'getJob', { JobName: 'j' }, { place })[0]!.resource).toBe(
      'arn:aws-cn:glue:cn-north-1:111122223333:job/j',
    );
  });
});
