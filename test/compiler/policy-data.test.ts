import { describe, expect, it } from '@jest/globals';
import { iamAction, iamActionsOf, resourcesOf } from '../../asl/services/iam/index.ts';
import { INTEGRATION_CALLS, OPTIMIZED, SDK_OF_OPTIMIZED, sdkService, sdkServices } from '../../asl/services/index.ts';
import { SERVICES_IAM } from '../../tasks/services.ts';

describe('AWS’s data', () => {
  it('has every call of every optimized integration, which can wait where it is told how', () => {
    for (const [integration, { calls = [], sync = [], rule }] of Object.entries(INTEGRATION_CALLS)) {
      const [service, action] = integration.split(':') as [string, string];
      const patterns = OPTIMIZED[service]?.[action];
      expect([integration, patterns]).toEqual([integration, expect.arrayContaining([expect.any(String)])]);
      if (sync.length > 0 || rule)
        expect([integration, patterns]).toEqual([integration, expect.arrayContaining(['sync'])]);
      const sdk = SDK_OF_OPTIMIZED[service] ?? service;
      for (const call of [...calls, ...sync]) {
        expect([integration, call, sdkService(sdk)?.has(call)]).toEqual([integration, call, true]);
        for (const { prefix, action: needed } of iamActionsOf({ service: sdk, action: call, parameters: [] }))
          expect(iamAction(prefix, needed.name)).toBeDefined();
      }
    }
  });

  it('has what is waited for by every integration that can wait', () => {
    const waiting = Object.entries(OPTIMIZED).flatMap(([service, actions]) =>
      Object.entries(actions).flatMap(([action, patterns]) =>
        patterns.includes('sync') ? [`${service}:${action}`] : [],
      ),
    );
    const without = waiting.filter((integration) => !INTEGRATION_CALLS[integration]?.sync);
    // A Kubernetes job is looked at with the cluster's own leave.
    expect(without).toEqual(['eks:runJob']);
  });

  it('knows IAM’s action for nearly every call of the SDK, and makes ARNs of six parts', () => {
    let [calls, unknown] = [0, 0];
    const malformed: string[] = [];
    for (const service of sdkServices()) {
      for (const action of sdkService(service)!.keys()) {
        for (const needed of iamActionsOf({ service, action, parameters: [{ path: [], value: '*' }] })) {
          calls += 1;
          if (!iamAction(needed.prefix, needed.action.name)) unknown += 1;
          const resources = resourcesOf(needed, SERVICES_IAM);
          if (!resources.every((arn) => arn === '*' || isArn(arn))) malformed.push(`${service}:${action} ${resources}`);
        }
      }
    }
    expect(malformed).toEqual([]);
    expect(calls).toBeGreaterThan(15_000);
    // The rest is newer than the data, or is not IAM's to allow.
    expect(unknown / calls).toBeLessThan(0.08);
  });

  it.each([
    'athena',
    'batch',
    'dynamodb',
    'emr',
    'emrserverless',
    'eventbridge',
    'firehose',
    'lambda',
    's3',
    'sfn',
    'sns',
    'sqs',
  ])('knows what %s’s older calls are checked as', (service) => {
    const names = [...sdkService(service)!.keys()].flatMap((action) =>
      iamActionsOf({ service, action, parameters: [] }).flatMap(({ prefix, action: needed }) =>
        iamAction(prefix, needed.name) ? [] : [action],
      ),
    );
    expect(names).toMatchSnapshot();
  });
});

function isArn(text: string): boolean {
  return /^arn:(\$\{partition\}|aws[\w-]*):[\w-]+:[^:]*:[^:]*:.+$/.test(text) && !/\$\{[A-Z]/.test(text);
}
