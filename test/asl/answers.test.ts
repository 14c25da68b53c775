import { describe, expect, it } from '@jest/globals';
import jsonata from 'jsonata';
import { answerOf } from '../../asl/services/answers.ts';
import { FAILED_ANSWERS } from '../../asl/services/failed-answers.generated.ts';
import { failedAnswer, OPTIMIZED, readResource } from '../../asl/services/index.ts';
import { sampleAnswer, sampleOf } from '../../asl/services/samples.ts';
import type { ResultShape } from '../../asl/services/sdk-results.ts';

const states = (call: string) => `arn:aws:states:::${call}`;
const namesIn = (shape: ResultShape | undefined) =>
  shape?.kind === 'structure' ? [...shape.members.keys()] : undefined;
const membersOf = (call: string) => namesIn(answerOf(states(call)));
const at = (call: string, ...path: readonly string[]): ResultShape | undefined =>
  path.reduce<ResultShape | undefined>(
    (shape, name) => {
      if (shape?.kind === 'list' || shape?.kind === 'map') return shape.of();
      return shape?.kind === 'structure' ? shape.members.get(name)?.shape() : undefined;
    },
    answerOf(states(call)),
  );

describe('what a Task answers', () => {
  it('is the job that has ended, and not the answer of the request', () => {
    expect(membersOf('glue:startJobRun')).toEqual(['JobRunId']);
    expect(membersOf('glue:startJobRun.sync')).toEqual(expect.arrayContaining(['Id', 'JobName', 'JobRunState']));
    expect(membersOf('glue:startJobRun.sync')).not.toContain('JobRunId');
    expect(membersOf('batch:submitJob.sync')).toEqual(expect.arrayContaining(['JobId', 'Status', 'StatusReason']));
    expect(membersOf('ecs:runTask')).toEqual(['Tasks', 'Failures']);
    expect(membersOf('ecs:runTask.sync')).toEqual(expect.arrayContaining(['TaskArn', 'Containers', 'StoppedReason']));
    expect(membersOf('athena:startQueryExecution.sync')).toEqual(['QueryExecution']);
    expect(membersOf('codebuild:startBuild.sync')).toEqual(['Build']);
    expect(membersOf('elasticmapreduce:createCluster.sync')).toEqual(['ClusterId', 'Cluster']);
    expect(membersOf('elasticmapreduce:addStep.sync')).toEqual(['StepId', 'Step']);
    expect(at('eks:createCluster.sync', 'Cluster', 'Endpoint')).toEqual({ kind: 'string' });
    expect(membersOf('sagemaker:createTrainingJob.sync')).toContain('ModelArtifacts');
  });

  it('is text or JSON, as the form of the call says', () => {
    expect(at('states:startExecution.sync', 'Output')?.kind).toBe('string');
    expect(at('states:startExecution.sync:2', 'Output')?.kind).toBe('any');
    expect(at('lambda:invoke', 'Payload')?.kind).toBe('any');
    expect(at('aws-sdk:lambda:invoke', 'Payload')?.kind).toBe('blob');
  });

  it('is spelled as the API spells it in the optimized form, with an acronym at the beginning as a word in the SDK’s', () => {
    const attribute = (call: string) => namesIn(at(call, 'Item', '*'));
    expect(attribute('dynamodb:getItem')).toEqual(expect.arrayContaining(['S', 'BOOL', 'NULL', 'SS']));
    expect(attribute('aws-sdk:dynamodb:getItem')).toEqual(expect.arrayContaining(['S', 'Bool', 'Null', 'Ss']));
    expect(membersOf('sqs:sendMessage')).toContain('MD5OfMessageBody');
    expect(membersOf('aws-sdk:sqs:sendMessage')).toContain('Md5OfMessageBody');
    const instance = namesIn(at('aws-sdk:rds:describeDBInstances', 'DbInstances', '*'));
    expect(instance).toEqual(
      expect.arrayContaining(['DbInstanceIdentifier', 'MultiAZ', 'KmsKeyId', 'CaCertificateIdentifier']),
    );
  });

  it('is nothing but known of an action without an output, and not known of a callback or of what is not there', () => {
    expect(answerOf(states('aws-sdk:sqs:deleteMessage'))).toEqual({ kind: 'structure', members: new Map() });
    for (const call of [
      'lambda:invoke.waitForTaskToken',
      'aws-sdk:sqs:sendMessage.waitForTaskToken',
      'aws-sdk:sqs:sendMesage',
      'glue:startJobRun.sync:2',
      'toString:valueOf',
    ])
      expect(answerOf(states(call))).toBeUndefined();
    expect(answerOf('arn:aws:lambda:us-east-1:111122223333:function:f')).toBeUndefined();
  });

  it('is known of every optimized integration but a job on Kubernetes, and has a sample', () => {
    const unknown: string[] = [];
    for (const [service, actions] of Object.entries(OPTIMIZED))
      for (const [action, patterns] of Object.entries(actions))
        for (const pattern of patterns.filter((one) => one !== 'waitForTaskToken')) {
          const call = `${service}:${action}${pattern === 'request' ? '' : `.${pattern}`}`;
          const shape = answerOf(states(call));
          if (shape === undefined) unknown.push(call);
          else expect(Object.keys(sampleOf(shape) as object)).toEqual(membersOf(call));
        }
    expect(unknown).toEqual(['eks:runJob', 'eks:runJob.sync']);
  });

  it('says in its sample that all went well, wherever it can say otherwise', async () => {
    const actions = Object.entries(FAILED_ANSWERS).flatMap(([service, text]) =>
      text
        .split(' ')
        .slice(1)
        .map((one) => `aws-sdk:${service}:${one.split(':')[0]}`),
    );
    const own = [
      'lambda:invoke',
      'cloudwatchlogs:putLogEvents',
      'dynamodb:batchExecuteStatement',
      'sfn:startSyncExecution',
    ];
    const others = ['ses:sendBulkTemplatedEmail', 'sesv2:sendBulkEmail'];
    for (const call of [...actions, ...[...own, ...others].map((one) => `aws-sdk:${one}`)]) {
      const failed = failedAnswer(readResource(states(call)))!;
      const sample = sampleAnswer(states(call));
      expect([call, sample !== undefined]).toEqual([call, true]);
      const said = await jsonata(failed.condition).evaluate({}, { states: { input: sample } });
      expect([call, said]).toEqual([call, false]);
    }
  });

  it('has a job that succeeded in its sample', () => {
    expect(sampleAnswer(states('glue:startJobRun.sync'))).toMatchObject({ Id: 'Id', JobRunState: 'SUCCEEDED' });
    expect(sampleAnswer(states('batch:submitJob.sync'))).toMatchObject({ Status: 'SUCCEEDED' });
    expect(sampleAnswer(states('eks:runJob.sync'))).toBeUndefined();
  });
});
