import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { callsOfMachines, quotasOf, usesDefaultNetwork } from '../../deploy/doctor/machine-calls.ts';

/** A machine that makes a cluster, in either of the ways of Step Functions. */
function making(Instances: JsonObject, resource = 'elasticmapreduce:createCluster.sync') {
  const States = { cluster: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments: { Instances } } };
  const properties = { definition: { StartAt: 'cluster', States } };
  return callsOfMachines([{ kind: 'machine', title: '', name: '', arn: '', tags: {}, properties }]);
}

const taken = (Instances: JsonObject) =>
  Object.fromEntries(quotasOf(making(Instances)).map(({ quota, instances }) => [quota.code, instances]));

/** On demand and spot: Standard, G and VT. */
const [STANDARD, SPOT, G, G_SPOT] = ['L-1216C47A', 'L-34B43A08', 'L-DB2E81BA', 'L-3819A6DF'] as const;

describe('what a cluster takes of EC2’s quotas', () => {
  test('groups, by their market; on demand where they do not say it', () => {
    const group = (InstanceType: string, InstanceCount: number, more: JsonObject = {}) => ({
      ...{ InstanceRole: 'CORE', InstanceType, InstanceCount },
      ...more,
    });
    expect(
      taken({
        InstanceGroups: [
          group('m5.xlarge', 1),
          group('r5.2xlarge', 2, { Market: 'ON_DEMAND' }),
          group('c5.xlarge', 3, { Market: 'SPOT' }),
        ],
      }),
    ).toEqual({
      [STANDARD]: [[{ type: 'm5.xlarge', count: 1 }], [{ type: 'r5.2xlarge', count: 2 }]],
      [SPOT]: [[{ type: 'c5.xlarge', count: 3 }]],
    });
  });

  test('fleets: as many of each type as fill the target, and one of the types', () => {
    expect(
      taken({
        InstanceFleets: [
          {
            ...{ InstanceFleetType: 'MASTER', TargetOnDemandCapacity: 1 },
            InstanceTypeConfigs: [{ InstanceType: 'm5.xlarge' }],
          },
          {
            ...{ InstanceFleetType: 'CORE', TargetOnDemandCapacity: 4, TargetSpotCapacity: 10 },
            InstanceTypeConfigs: [
              { InstanceType: 'r5.xlarge', WeightedCapacity: 4 },
              { InstanceType: 'r5.2xlarge', WeightedCapacity: 8 },
            ],
          },
        ],
      }),
    ).toEqual({
      [STANDARD]: [
        [{ type: 'm5.xlarge', count: 1 }],
        [
          { type: 'r5.xlarge', count: 1 },
          { type: 'r5.2xlarge', count: 1 },
        ],
      ],
      [SPOT]: [
        [
          { type: 'r5.xlarge', count: 3 },
          { type: 'r5.2xlarge', count: 2 },
        ],
      ],
    });
  });

  test('a type for the primary and one for the others', () => {
    expect(taken({ MasterInstanceType: 'm5.xlarge', SlaveInstanceType: 'r5.xlarge', InstanceCount: 4 })).toEqual({
      [STANDARD]: [[{ type: 'm5.xlarge', count: 1 }], [{ type: 'r5.xlarge', count: 3 }]],
    });
  });

  test('families with quotas of their own', () => {
    const groups = [
      { InstanceType: 'm5.xlarge', InstanceCount: 1 },
      { InstanceType: 'g5.xlarge', InstanceCount: 2 },
      { InstanceType: 'g4dn.xlarge', InstanceCount: 1, Market: 'SPOT' },
    ];
    expect(taken({ InstanceGroups: groups })).toEqual({
      [STANDARD]: [[{ type: 'm5.xlarge', count: 1 }]],
      [G]: [[{ type: 'g5.xlarge', count: 2 }]],
      [G_SPOT]: [[{ type: 'g4dn.xlarge', count: 1 }]],
    });
  });

  test('what only a run knows is left out', () => {
    expect(taken({ InstanceGroups: [{ InstanceType: '{% $type %}', InstanceCount: 2 }] })).toEqual({});
    expect(taken({ InstanceGroups: '{% $groups %}' })).toEqual({});
  });
});

test('a cluster starts in the default VPC where it names no subnet', () => {
  expect(usesDefaultNetwork(making({}))).toBe(true);
  expect(usesDefaultNetwork(making({}, 'aws-sdk:emr:runJobFlow'))).toBe(true);
  expect(usesDefaultNetwork(making({ Ec2SubnetId: 'subnet-1' }))).toBe(false);
  expect(usesDefaultNetwork(making({ Ec2SubnetIds: ['{% $subnet %}'] }))).toBe(false);
  expect(usesDefaultNetwork(making('{% {"Ec2SubnetId": $subnet} %}' as unknown as JsonObject))).toBe(false);
  expect(usesDefaultNetwork(making({}, 'elasticmapreduce:addStep.sync'))).toBe(false);
});
