import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { POLLED } from '../../asl/services/answers.ts';
import {
  OPTIMIZED,
  optimizedArguments,
  readResource,
  SDK_OF_OPTIMIZED,
  type SdkMembers,
  type SdkType,
  sdkService,
  sdkServices,
} from '../../asl/services/index.ts';
import { type ResultShape, sdkResult } from '../../asl/services/sdk-results.ts';

function walk(shape: ResultShape | undefined, seen: Set<ResultShape>): void {
  if (shape === undefined || seen.has(shape)) return;
  seen.add(shape);
  if (shape.kind === 'list' || shape.kind === 'map') walk(shape.of(), seen);
  else if (shape.kind === 'structure') for (const member of shape.members.values()) walk(member.shape(), seen);
  else if (shape.kind === undefined) throw new Error('A shape of no kind.');
}

describe('the AWS SDK services', () => {
  it('are named as the Java SDK names them, their arguments too', () => {
    expect(sdkServices()).toEqual(
      expect.arrayContaining(['sfn', 'eventbridge', 'cloudwatchlogs', 'wafregional', 'config']),
    );
    expect(sdkService('logs')).toBeUndefined();
    expect(sdkService('toString')).toBeUndefined();
    const text = { kind: 'text' };
    expect([...sdkService('rds')!.get('createDBSnapshot')!.values()]).toMatchObject([
      { name: 'DbInstanceIdentifier', required: true, api: 'DBInstanceIdentifier', type: text },
      { name: 'DbSnapshotIdentifier', required: true, api: 'DBSnapshotIdentifier', type: text },
      { name: 'Tags', required: false, type: { kind: 'list', of: { kind: 'structure' } } },
    ]);
    expect(sdkService('sfn')!.get('startExecution')!.get('StateMachineArn')).toEqual({
      name: 'StateMachineArn',
      required: true,
      type: text,
    });
    expect(sdkService('glue')!.get('noSuchAction')).toBeUndefined();
    expect(sdkService('s3')!.get('listBuckets')).toBeDefined();
  });

  it('unpack, every one of them', () => {
    const odd: string[] = [];
    for (const name of sdkServices())
      for (const action of sdkService(name)!.keys()) {
        if (!/^[a-z]\w+$/.test(action)) odd.push(`${name}:${action}`);
        for (const [argument, { type }] of sdkService(name)!.get(action)!)
          if (!/^\w+$/.test(argument) || (type.kind === 'structure' && !(type.members.size >= 0)))
            odd.push(`${name}:${action} ${argument}`);
      }
    expect(odd).toEqual([]);
  });

  it('know structures within structures, to any depth, and those that hold themselves', () => {
    const members = (of: SdkType | undefined): SdkMembers => {
      const inner = of?.kind === 'list' || of?.kind === 'map' ? of.of : of;
      return inner?.kind === 'structure' ? inner.members : new Map();
    };
    const item = members(sdkService('dynamodb')!.get('putItem')!.get('Item')!.type);
    expect([...item.keys()].sort()).toEqual(['B', 'Bool', 'Bs', 'L', 'M', 'N', 'Ns', 'Null', 'S', 'Ss']);
    expect(members(members(item.get('M')!.type).get('L')!.type).get('Bool')).toMatchObject({
      api: 'BOOL',
      type: { kind: 'boolean' },
    });
  });

  it('know the values of enums, those aside that are many', () => {
    expect(sdkService('glue')!.get('startJobRun')!.get('ExecutionClass')!.type).toEqual({
      kind: 'text',
      values: ['FLEX', 'STANDARD'],
    });
    const sizes = new Set<number>();
    const walk = (type: SdkType, seen: Set<SdkMembers>): void => {
      if (type.kind === 'text' && type.values !== undefined) {
        expect(type.values.filter((value) => value === '' && type.values!.length === 1)).toEqual([]);
        sizes.add(type.values.length);
      }
      if (type.kind === 'list' || type.kind === 'map') walk(type.of, seen);
      if (type.kind !== 'structure' || seen.has(type.members)) return;
      seen.add(type.members);
      for (const { type: inner } of type.members.values()) walk(inner, seen);
    };
    for (const name of sdkServices()) {
      const service = sdkService(name)!;
      const seen = new Set<SdkMembers>();
      for (const action of service.keys()) walk({ kind: 'structure', members: service.get(action)! }, seen);
    }
    expect([Math.min(...sizes), Math.max(...sizes) < 60]).toEqual([1, true]);
  });

  it('know which arguments are idempotency tokens', () => {
    expect(sdkService('athena')!.get('startQueryExecution')!.get('ClientRequestToken')).toMatchObject({ token: true });
  });

  it('have what their actions answer, to the last shape', () => {
    const seen = new Set<ResultShape>();
    for (const name of sdkServices())
      for (const action of sdkService(name)!.keys()) walk(sdkResult(name, action), seen);
    expect(sdkResult('toString', 'x')).toBeUndefined();
    expect(sdkResult('sfn', 'deleteNothing')).toBeUndefined();
    const shape = sdkResult('sfn', 'startExecution');
    expect(shape?.kind === 'structure' && shape.members.get('StartDate')?.required).toBe(true);
  });

  it('answer what is polled of a job, for every integration that waits for one', () => {
    const missing = Object.entries(OPTIMIZED).flatMap(([service, actions]) =>
      Object.entries(actions).flatMap(([action, patterns]) => {
        const polled = POLLED[service]?.[action];
        if (!patterns.includes('sync')) return [];
        return polled !== undefined && sdkResult(SDK_OF_OPTIMIZED[service] ?? service, polled) !== undefined
          ? []
          : [`${service}:${action}`];
      }),
    );
    // TestState checks no mock of EKS.
    expect(missing.filter((name) => !name.startsWith('eks:'))).toEqual([]);
  });

  it('have the APIs behind the optimized integrations, but for those that have no API of that name', () => {
    const own = [
      'apigateway:invoke',
      'bedrock:invokeModel',
      'eks:runJob',
      'eks:call',
      'elasticmapreduce:createCluster',
      'elasticmapreduce:terminateCluster',
      'elasticmapreduce:addStep',
      'elasticmapreduce:setClusterTerminationProtection',
      'elasticmapreduce:cancelStep',
      'elasticmapreduce:modifyInstanceFleetByName',
      'elasticmapreduce:modifyInstanceGroupByName',
      'http:invoke',
    ];
    const missing = Object.entries(OPTIMIZED).flatMap(([service, actions]) =>
      Object.keys(actions).flatMap((action) =>
        sdkService(SDK_OF_OPTIMIZED[service] ?? service)?.has(action) ? [] : [`${service}:${action}`],
      ),
    );
    // EMR's API has setTerminationProtection and cancelSteps; bedrock's invokeModel is bedrockruntime's.
    expect(missing.sort()).toEqual(own.sort());
  });
});

describe('the optimized integrations', () => {
  it('all have known arguments', () => {
    const unknown = Object.entries(OPTIMIZED).flatMap(([service, actions]) =>
      Object.keys(actions).filter((action) => optimizedArguments(service, action) === undefined),
    );
    expect(unknown).toEqual([]);
    expect(optimizedArguments('http', 'invoke')!.get('ApiEndpoint')).toMatchObject({ required: true });
    expect(optimizedArguments('elasticmapreduce', 'createCluster')!.has('ReleaseLabel')).toBe(true);
    expect(optimizedArguments('toString', 'invoke')).toBeUndefined();
  });
});

describe('the clients of the AWS SDK for JavaScript', () => {
  const map = readFileSync('tasks/aws/sdk-clients.generated.ts', 'utf8');
  const clients = new Map(
    [...map.matchAll(/import\('(@aws-sdk\/client-[\w-]+)'\)\.(\w+);/g)].map(([, name, type]) => [name!, type!]),
  );

  it('that are installed are all known, by the name of their class', () => {
    const installed = readdirSync('node_modules/@aws-sdk').filter((name) => name.startsWith('client-'));
    expect(installed.length).toBeGreaterThan(4);
    for (const name of installed) {
      const type = clients.get(`@aws-sdk/${name}`);
      expect(existsSync(`node_modules/@aws-sdk/${name}/dist-types/${type}.d.ts`)).toBe(true);
    }
  });

  it('are one for each service of the validator', () => {
    const named = [...map.matchAll(/^ {2}(\w+): import/gm)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual([...sdkServices()].sort());
  });
});

describe('readResource', () => {
  it.each([
    [
      'arn:aws:states:::lambda:invoke',
      { kind: 'integration', sdk: false, service: 'lambda', action: 'invoke', pattern: 'request' },
    ],
    [
      'arn:aws-cn:states:::states:startExecution.sync:2',
      { kind: 'integration', sdk: false, service: 'states', action: 'startExecution', pattern: 'sync:2' },
    ],
    [
      'arn:aws:states:eu-west-1:123456789012:aws-sdk:s3:getObject.waitForTaskToken',
      { kind: 'integration', sdk: true, service: 's3', action: 'getObject', pattern: 'waitForTaskToken' },
    ],
    ['arn:aws:states:eu-west-1:123456789012:activity:a', { kind: 'activity' }],
    ['arn:aws:lambda:eu-west-1:123456789012:function:f:1', { kind: 'lambda' }],
    [
      'arn:${partition}:states:::lambda:invoke',
      { kind: 'integration', sdk: false, service: 'lambda', action: 'invoke', pattern: 'request' },
    ],
    ['arn:aws:states:::${service}:invoke', { kind: 'placeholder' }],
    ['arn:aws:lambda:#{AWS::Region}:#{AWS::AccountId}:function:f', { kind: 'placeholder' }],
    ['arn:aws:lambda:::function:f', { kind: 'other' }],
    ['arn:aws:swf:eu-west-1:123456789012:task:x', { kind: 'other' }],
  ])('%s', (text, resource) => {
    expect(readResource(text)).toEqual(resource);
  });

  it.each(['', 'lambda', 'arn:aws:states:::', 'arn:aws:states:::lambda', 'arn:aws:lambda:r:a:function:f:', '${a'])(
    '%j is broken',
    (text) => {
      expect(readResource(text).kind).toBe('broken');
    },
  );
});
