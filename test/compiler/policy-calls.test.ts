import { expect, test } from '@jest/globals';
import { Dag, env, param, taskToken } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { athena, aws } from '../../tasks/index.ts';
import type { Policy } from './evaluate-policy.ts';

/** A DAG's statements, a line each, the standard segments of ARNs in short. */
function statements(dag: Dag<never, never>): string[] {
  const { Statement } = JSON.parse(compileDag(dag as never).files.get('policy.json') as string) as Policy;
  return Statement.map(({ Action, Resource, Condition }) => {
    const on = Resource.join(' ').replaceAll('arn:${partition}:', '').replaceAll('${region}:${account}', '@');
    return `${Action.join(' ')} → ${on}${Condition ? ` if ${JSON.stringify(Condition)}` : ''}`;
  });
}

function newDag() {
  return new Dag('any', {
    env: { topic: env.string(), table: env.string(), role: env.role(), bucket: env.bucket() },
    params: { name: param.string({ default: 'x' }), any: param.json({ default: {} }) },
  });
}
type AnyDag = ReturnType<typeof newDag>;

const passes = (role: string, service: string) =>
  `iam:PassRole → ${role} if {"StringEquals":{"iam:PassedToService":"${service}.amazonaws.com"}}`;
const hears = (rule: string) => `events:DescribeRule events:PutRule events:PutTargets → events:@:rule/${rule}`;
const role = 'arn:aws:iam::1:role/r';

const calls: [string, (dag: AnyDag) => unknown, string[], ('sync' | 'callback')?][] = [
  ['lambda.invoke', () => ({ FunctionName: 'f' }), ['lambda:InvokeFunction → lambda:@:function:f']],
  [
    'lambda.invoke',
    () => ({ FunctionName: 'f', Payload: { taskToken } }),
    ['lambda:InvokeFunction → lambda:@:function:f'],
    'callback',
  ],
  [
    'lambda.invoke',
    () => ({ FunctionName: 'f', Qualifier: 'live' }),
    ['lambda:InvokeFunction → lambda:@:function:f:live'],
  ],
  [
    'lambda.invoke',
    ({ params }) => ({ FunctionName: `etl-${params.name}` }),
    ['lambda:InvokeFunction → lambda:@:function:etl-*'],
  ],
  ['lambda.invoke', ({ params }) => ({ FunctionName: params.name }), ['lambda:InvokeFunction → lambda:@:function:*']],
  [
    'lambda.invoke',
    () => ({ FunctionName: 'arn:aws:lambda:us-east-1:1:function:g' }),
    ['lambda:InvokeFunction → arn:aws:lambda:us-east-1:1:function:g'],
  ],
  [
    'lambda.createFunction',
    () => ({ FunctionName: 'f', Role: role, Code: {} }),
    [passes(role, 'lambda'), 'lambda:CreateFunction → lambda:@:function:f'],
  ],
  [
    's3.putObject',
    ({ env }) => ({ Bucket: env.bucket, Key: 'a/b.json', Body: '' }),
    ['s3:PutObject → s3:::${bucket}/a/b.json'],
  ],
  [
    's3.getObject',
    ({ params }) => ({ Bucket: 'b', Key: `in/${params.name}.csv` }),
    ['s3:GetObject → s3:::b/in/*.csv', 's3:ListBucket → s3:::b'],
  ],
  // What only looks like a pattern or a placeholder is none.
  [
    's3.getObject',
    () => ({ Bucket: 'b', Key: 'a*/${x}' }),
    ['s3:GetObject → s3:::b/a?/?{x}', 's3:ListBucket → s3:::b'],
  ],
  [
    'ec2.runInstances',
    () => ({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1 }),
    [
      'ec2:RunInstances → ec2:@:instance/* ec2:@:network-interface/* ec2:@:security-group/* ec2:@:subnet/* ec2:@:volume/* ec2:${region}::image/ami-1',
    ],
  ],
  [
    'ec2.runInstances',
    () => ({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1, KeyName: 'k', SubnetId: 'n', SecurityGroupIds: ['g'] }),
    [
      'ec2:RunInstances → ec2:@:instance/* ec2:@:key-pair/k ec2:@:network-interface/* ec2:@:security-group/g ec2:@:subnet/n ec2:@:volume/* ec2:${region}::image/ami-1',
    ],
  ],
  ['s3.listObjectsV2', () => ({ Bucket: 'b' }), ['s3:ListBucket → s3:::b']],
  ['s3.headObject', () => ({ Bucket: 'b', Key: 'k' }), ['s3:GetObject → s3:::b/k', 's3:ListBucket → s3:::b']],
  [
    's3.getObject',
    () => ({ Bucket: 'b', Key: 'k', VersionId: 'v' }),
    ['s3:GetObjectVersion → s3:::b/k', 's3:ListBucket → s3:::b'],
  ],
  ['s3.deleteObject', () => ({ Bucket: 'b', Key: 'k', VersionId: 'v' }), ['s3:DeleteObjectVersion → s3:::b/k']],
  [
    's3.copyObject',
    () => ({ Bucket: 'to', Key: 'k', CopySource: 'from/a/b' }),
    ['s3:GetObject → s3:::from/a/b', 's3:ListBucket → s3:::from', 's3:PutObject → s3:::to/k'],
  ],
  [
    's3.deleteObjects',
    () => ({ Bucket: 'b', Delete: { Objects: [{ Key: 'x' }, { Key: 'y' }] } }),
    ['s3:DeleteObject → s3:::b/x s3:::b/y'],
  ],
  ['s3.deleteBucketEncryption', () => ({ Bucket: 'b' }), ['s3:PutEncryptionConfiguration → s3:::b']],
  ['s3.listBuckets', () => ({}), ['s3:ListAllMyBuckets → *']],
  [
    'sqs.sendMessage',
    () => ({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q', MessageBody: '' }),
    ['sqs:SendMessage → sqs:us-east-1:1:q'],
  ],
  ['sqs.sendMessage', ({ params }) => ({ QueueUrl: params.name, MessageBody: '' }), ['sqs:SendMessage → sqs:@:*']],
  [
    'dynamodb.putItem',
    ({ env }) => ({ TableName: env.table, Item: {} }),
    ['dynamodb:PutItem → dynamodb:@:table/${table}'],
  ],
  [
    'dynamodb.query',
    () => ({ TableName: 't', IndexName: 'i' }),
    ['dynamodb:Query → dynamodb:@:table/t dynamodb:@:table/t/index/i'],
  ],
  [
    'dynamodb.transactWriteItems',
    () => ({ TransactItems: [{ Put: { TableName: 't', Item: {} } }, { Delete: { TableName: 'u', Key: {} } }] }),
    ['dynamodb:DeleteItem dynamodb:PutItem → dynamodb:@:table/t dynamodb:@:table/u'],
  ],
  [
    'dynamodb.executeStatement',
    () => ({ Statement: 'SELECT * FROM t' }),
    ['dynamodb:PartiQLSelect → dynamodb:@:table/*'],
  ],
  ['sns.publish', ({ env }) => ({ TopicArn: env.topic, Message: '' }), ['sns:Publish → ${topic}']],
  ['sns.publish', ({ params }) => ({ TopicArn: params.name, Message: '' }), ['sns:Publish → sns:@:*']],
  ['sns.publish', () => ({ PhoneNumber: '+34', Message: '' }), ['sns:Publish → *']],
  [
    'sfn.startExecution',
    () => ({ StateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:m' }),
    [
      hears('StepFunctionsGetEventsForStepFunctionsExecutionRule'),
      'states:DescribeExecution states:StopExecution → arn:aws:states:us-east-1:1:execution:m:*',
      'states:StartExecution → arn:aws:states:us-east-1:1:stateMachine:m',
    ],
    'sync',
  ],
  [
    'batch.submitJob',
    () => ({ JobName: 'j', JobQueue: 'q', JobDefinition: 'd' }),
    [
      'batch:DescribeJobs → *',
      'batch:SubmitJob → batch:@:job-definition/d batch:@:job-definition/d:* batch:@:job-queue/q batch:@:job/*',
      'batch:TerminateJob → batch:@:job/*',
      hears('StepFunctionsGetEventsForBatchJobsRule'),
    ],
    'sync',
  ],
  [
    'batch.submitJob',
    () => ({ JobName: 'j', JobQueue: 'q', JobDefinition: 'arn:aws:batch:eu-west-1:1:job-definition/d:7' }),
    [
      'batch:SubmitJob → batch:@:job-queue/q batch:@:job/* arn:aws:batch:eu-west-1:1:job-definition/d arn:aws:batch:eu-west-1:1:job-definition/d:7',
    ],
  ],
  ['ecs.runTask', () => ({ Cluster: 'c', TaskDefinition: 'f' }), ['ecs:RunTask → ecs:@:task-definition/f:*']],
  [
    'ecs.runTask',
    () => ({ Cluster: 'c', TaskDefinition: 'f:3', Overrides: { TaskRoleArn: role } }),
    [
      'ecs:DescribeTasks ecs:StopTask → ecs:@:task/c/*',
      'ecs:RunTask → ecs:@:task-definition/f:3',
      hears('StepFunctionsGetEventsForECSTaskRule'),
      passes(role, 'ecs-tasks'),
    ],
    'sync',
  ],
  ['glue.startJobRun', () => ({ JobName: 'j' }), ['glue:StartJobRun → glue:@:job/j']],
  [
    'glue.getTable',
    () => ({ DatabaseName: 'd', Name: 't' }),
    ['glue:GetTable → glue:@:catalog glue:@:database/d glue:@:table/d/t'],
  ],
  [
    'glue.createCrawler',
    ({ env }) => ({ Name: 'c', Role: env.role, Targets: {} }),
    ['glue:CreateCrawler → *', passes('iam::${account}:role/${role}', 'glue')],
  ],
  ['athena.getQueryResults', () => ({ QueryExecutionId: 'q' }), ['athena:GetQueryResults → athena:@:workgroup/*']],
  [
    'emr.terminateJobFlows',
    () => ({ JobFlowIds: ['j-1', 'j-2'] }),
    ['elasticmapreduce:TerminateJobFlows → elasticmapreduce:@:cluster/j-1 elasticmapreduce:@:cluster/j-2'],
  ],
  ['emr.listClusters', () => ({}), ['elasticmapreduce:ListClusters → *']],
  [
    'emrserverless.startJobRun',
    () => ({ ApplicationId: 'a', ExecutionRoleArn: role }),
    [
      'emr-serverless:CancelJobRun emr-serverless:GetJobRun → emr-serverless:@:/applications/a/jobruns/*',
      'emr-serverless:StartJobRun → emr-serverless:@:/applications/a',
      hears('StepFunctionsGetEventsForEMRServerlessJobRule'),
      passes(role, 'emr-serverless'),
    ],
    'sync',
  ],
  ['eventbridge.putEvents', () => ({ Entries: [{ Source: 's' }] }), ['events:PutEvents → events:@:event-bus/default']],
  ['eventbridge.putEvents', () => ({ Entries: [{ EventBusName: 'b' }] }), ['events:PutEvents → events:@:event-bus/b']],
  [
    'secretsmanager.getSecretValue',
    () => ({ SecretId: 'a/b' }),
    ['secretsmanager:GetSecretValue → secretsmanager:@:secret:a/b-??????'],
  ],
  ['ssm.getParameter', () => ({ Name: '/a/b' }), ['ssm:GetParameter → ssm:@:parameter/a/b']],
  [
    'bedrockruntime.invokeModel',
    () => ({ ModelId: 'vendor.model' }),
    ['bedrock:InvokeModel → bedrock:${region}::foundation-model/vendor.model'],
  ],
  // A name is no id: the segment is open.
  [
    'redshiftdata.executeStatement',
    () => ({ WorkgroupName: 'w', Sql: '' }),
    ['redshift-data:ExecuteStatement → redshift-serverless:@:workgroup/*'],
  ],
  ['rds.startDBInstance', () => ({ DbInstanceIdentifier: 'd' }), ['rds:StartDBInstance → rds:@:db:d']],
  ['sts.assumeRole', () => ({ RoleArn: role, RoleSessionName: 's' }), [`sts:AssumeRole → ${role}`]],
  [
    'glue.updateJob',
    ({ env }) => ({ JobName: 'j', JobUpdate: { Role: env.role, Command: {} } }),
    ['glue:UpdateJob → glue:@:job/j', passes('iam::${account}:role/${role}', 'glue')],
  ],
  // A message's author is no role.
  [
    'bedrockruntime.converse',
    () => ({ ModelId: 'vendor.model', Messages: [{ Role: 'user' }] }),
    ['bedrock:InvokeModel → bedrock:${region}::foundation-model/vendor.model'],
  ],
];

/** A parameter that takes a name or an ARN, in every form, and one whose ARN is not the resource. */
const named: typeof calls = [
  [
    'lambda.invoke',
    () => ({ FunctionName: 'arn:aws:lambda:us-east-1:1:function:g:live' }),
    ['lambda:InvokeFunction → arn:aws:lambda:us-east-1:1:function:g:live'],
  ],
  [
    'lambda.invoke',
    () => ({ FunctionName: 'arn:aws:lambda:us-east-1:1:function:g', Qualifier: '3' }),
    ['lambda:InvokeFunction → arn:aws:lambda:us-east-1:1:function:g:3'],
  ],
  [
    'lambda.invoke',
    () => ({ FunctionName: '1:function:g' }),
    ['lambda:InvokeFunction → lambda:${region}:1:function:g'],
  ],
  ['lambda.invoke', () => ({ FunctionName: 'g:live' }), ['lambda:InvokeFunction → lambda:@:function:g:live']],
  [
    'secretsmanager.getSecretValue',
    () => ({ SecretId: 'arn:aws:secretsmanager:us-east-1:1:secret:a/b-a1B2c3' }),
    ['secretsmanager:GetSecretValue → arn:aws:secretsmanager:us-east-1:1:secret:a/b-a1B2c3'],
  ],
  // Without the characters that the service added.
  [
    'secretsmanager.getSecretValue',
    () => ({ SecretId: 'arn:aws:secretsmanager:us-east-1:1:secret:a/b' }),
    ['secretsmanager:GetSecretValue → arn:aws:secretsmanager:us-east-1:1:secret:a/b-??????'],
  ],
  [
    'ecs.runTask',
    () => ({ Cluster: 'c', TaskDefinition: 'arn:aws:ecs:us-east-1:1:task-definition/f:3' }),
    ['ecs:RunTask → arn:aws:ecs:us-east-1:1:task-definition/f:3'],
  ],
  [
    'ecs.runTask',
    () => ({ TaskDefinition: 'arn:aws:ecs:us-east-1:1:task-definition/f' }),
    ['ecs:RunTask → arn:aws:ecs:us-east-1:1:task-definition/f:*'],
  ],
  [
    'ecs.stopTask',
    () => ({ Cluster: 'arn:aws:ecs:us-east-1:1:cluster/c', Task: 't' }),
    ['ecs:StopTask → arn:aws:ecs:us-east-1:1:task/c/*'],
  ],
  [
    'dynamodb.query',
    () => ({ TableName: 'arn:aws:dynamodb:us-east-1:1:table/t', IndexName: 'i' }),
    ['dynamodb:Query → arn:aws:dynamodb:us-east-1:1:table/t arn:aws:dynamodb:us-east-1:1:table/t/index/i'],
  ],
  [
    'eventbridge.putEvents',
    () => ({ Entries: [{ EventBusName: 'arn:aws:events:us-east-1:1:event-bus/b' }] }),
    ['events:PutEvents → arn:aws:events:us-east-1:1:event-bus/b'],
  ],
  [
    's3.putObject',
    () => ({ Bucket: 'arn:aws:s3:us-east-1:1:accesspoint/a', Key: 'k' }),
    ['s3:PutObject → arn:aws:s3:us-east-1:1:accesspoint/a/object/k'],
  ],
  [
    'ssm.getParameter',
    () => ({ Name: 'arn:aws:ssm:us-east-1:1:parameter/a/b' }),
    ['ssm:GetParameter → arn:aws:ssm:us-east-1:1:parameter/a/b'],
  ],
  [
    'kms.decrypt',
    () => ({ KeyId: 'arn:aws:kms:us-east-1:1:key/1-2', CiphertextBlob: '' }),
    ['kms:Decrypt → arn:aws:kms:us-east-1:1:key/1-2'],
  ],
  [
    'kms.decrypt',
    () => ({ KeyId: 'alias/a', CiphertextBlob: '' }),
    ['kms:Decrypt → kms:@:key/* if {"StringLike":{"kms:RequestAlias":["alias/a"]}}'],
  ],
  [
    'kms.decrypt',
    () => ({ KeyId: 'arn:aws:kms:us-east-1:1:alias/a', CiphertextBlob: '' }),
    ['kms:Decrypt → kms:@:key/* if {"StringLike":{"kms:RequestAlias":["alias/a"]}}'],
  ],
  [
    'bedrockruntime.invokeModel',
    () => ({ ModelId: 'arn:aws:bedrock:us-east-1:1:inference-profile/p' }),
    ['bedrock:InvokeModel → arn:aws:bedrock:us-east-1:1:inference-profile/p'],
  ],
  // A profile leads to its model in regions that AWS chooses.
  [
    'bedrockruntime.invokeModel',
    () => ({ ModelId: 'us.vendor.model-v1:0' }),
    [
      'bedrock:InvokeModel → bedrock:@:inference-profile/us.vendor.model-v1:0 bedrock:*::foundation-model/vendor.model-v1:0',
    ],
  ],
  [
    'bedrockruntime.converse',
    () => ({ ModelId: 'us-gov.vendor.model', Messages: [{ Role: 'user' }] }),
    ['bedrock:InvokeModel → bedrock:@:inference-profile/us-gov.vendor.model bedrock:*::foundation-model/vendor.model'],
  ],
  [
    'bedrockruntime.invokeModel',
    () => ({ ModelId: 'arn:aws:bedrock:us-east-1:1:inference-profile/eu.vendor.model' }),
    [
      'bedrock:InvokeModel → arn:aws:bedrock:*::foundation-model/vendor.model arn:aws:bedrock:us-east-1:1:inference-profile/eu.vendor.model',
    ],
  ],
  [
    'bedrockruntime.invokeModel',
    () => ({ ModelId: 'arn:aws:bedrock:us-east-1:1:application-inference-profile/p' }),
    [
      'bedrock:InvokeModel → arn:aws:bedrock:*::foundation-model/* arn:aws:bedrock:us-east-1:1:application-inference-profile/p',
    ],
  ],
  [
    'sqs.sendMessage',
    ({ env }) => ({ QueueUrl: env.topic, MessageBody: '' }),
    ['sqs:SendMessage → sqs:${region}:${topic__queue_account}:${topic__queue_name}'],
  ],
  [
    'sfn.startExecution',
    () => ({ StateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:m:live', Name: 'n' }),
    [
      hears('StepFunctionsGetEventsForStepFunctionsExecutionRule'),
      'states:DescribeExecution states:StopExecution → arn:aws:states:us-east-1:1:execution:m:n',
      'states:StartExecution → arn:aws:states:us-east-1:1:stateMachine:m if {"ForAnyValue:StringEquals":{"states:StateMachineQualifier":["live"]}}',
    ],
    'sync',
  ],
  [
    'sfn.startExecution',
    ({ env }) => ({ StateMachineArn: env.topic }),
    [
      hears('StepFunctionsGetEventsForStepFunctionsExecutionRule'),
      'states:DescribeExecution states:StopExecution → states:${topic__region}:${topic__account}:execution:${topic__name}:*',
      'states:StartExecution → states:${topic__region}:${topic__account}:stateMachine:${topic__name}',
    ],
    'sync',
  ],
  [
    'sfn.describeStateMachineAlias',
    () => ({ StateMachineAliasArn: 'arn:aws:states:us-east-1:1:stateMachine:m:live' }),
    [
      'states:DescribeStateMachineAlias → arn:aws:states:us-east-1:1:stateMachine:m if {"ForAnyValue:StringEquals":{"states:StateMachineQualifier":["live"]}}',
    ],
  ],
  [
    'sfn.startExecution',
    ({ params }) => ({ StateMachineArn: params.name }),
    ['states:StartExecution → states:@:stateMachine:*'],
  ],
];

test.each([...calls, ...named].map(([call, parameters, wanted, pattern]) => ({ call, parameters, wanted, pattern })))(
  'aws: $call $pattern → $wanted',
  ({ call, parameters, wanted, pattern }) => {
    const dag = newDag();
    const [service, action] = call.split('.') as ['lambda', 'invoke'];
    dag.task(
      't',
      aws({
        service,
        action,
        parameters: parameters(dag) as never,
        ...(pattern && { pattern: pattern as 'callback' }),
      }),
    );
    expect(statements(dag as never)).toEqual(wanted);
  },
);

test('what a service does on the machine’s behalf can be said', () => {
  const dag = newDag();
  const permissions = [
    { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${dag.env.bucket}/${dag.params.name}/*`] },
  ];
  dag.task('t', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'f' }, permissions }));
  expect(statements(dag as never)).toContain('s3:GetObject → arn:aws:s3:::${bucket}/*/*');
});

test('statements that differ in one part only are one', () => {
  const dag = newDag();
  for (const name of ['b', 'a']) {
    dag.task(name, aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: name } }));
    dag.task(
      `q_${name}`,
      athena.query({ sql: 'SELECT 1', database: 'd', results: `s3://b/${name}/`, reads: ['s3://t/'] }),
    );
  }
  const lines = statements(dag as never);
  const via = '"ForAnyValue:StringEquals":{"aws:CalledVia":"athena.amazonaws.com"}';
  expect(lines).toContain('lambda:InvokeFunction → lambda:@:function:a lambda:@:function:b');
  expect(lines.filter((line) => line.startsWith('s3:ListBucket '))).toEqual([
    `s3:ListBucket → s3:::b if {${via},"StringLike":{"s3:prefix":["a/*","b/*"]}}`,
    `s3:ListBucket → s3:::t if {${via}}`,
  ]);
});
