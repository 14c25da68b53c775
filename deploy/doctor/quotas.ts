import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { type Look, looked, missing, there } from './finding.ts';
import type { Instances, Taken } from './machine-calls.ts';
import { ec2Of } from './network.ts';

export const QUOTAS_CLIENT = {
  package: '@aws-sdk/client-service-quotas',
  prefix: 'servicequotas',
  title: 'Service Quotas',
} as const;

/** Whether a run fits in a quota of the account. What else takes of it at that time is not known. */
export function lookAtQuota(aws: Clients, { quota, count, instances }: Taken): Look {
  const { service, code, title } = quota;
  const about = `the quota "${title}" of ${service}`;
  const takes = {
    Action: [
      ...['servicequotas:GetServiceQuota', 'servicequotas:GetAWSDefaultServiceQuota'],
      ...(instances.length > 0 ? ['ec2:DescribeInstanceTypes'] : []),
    ],
    Resource: ['*'],
  };
  return looked(about, takes, async () => {
    const [value, vcpus] = await Promise.all([quotaOf(aws, service, code), vcpusOf(aws, instances)]);
    const unknown = typesOf(instances).filter((type) => !vcpus.has(type));
    if (unknown.length > 0)
      return unknown.map((type) =>
        missing(`the instance type ${type}`, diagnose('DOC021', { type, region: aws.region })),
      );
    // Which of a fleet's types is taken is known when it starts.
    const sizes = instances.map((choices) => choices.map(({ type, count: times }) => times * vcpus.get(type)!));
    const [need, most] = [sumOf(count, sizes, Math.min), sumOf(count, sizes, Math.max)];
    if (value < need)
      return missing(about, diagnose('DOC012', { title, service, code, value, need, region: aws.region }));
    return there(about, `${value}; a run takes ${need === most ? need : `${need} to ${most}, as the fleets choose`}`);
  });
}

function sumOf(count: number, sizes: readonly number[][], pick: (...of: number[]) => number): number {
  return sizes.reduce((sum, choices) => sum + pick(...choices), count);
}

function typesOf(instances: readonly Instances[]): string[] {
  return [...new Set(instances.flat().map(({ type }) => type))].sort();
}

/** As it is in this account, or as it is by default where nobody has changed it. */
async function quotaOf(aws: Clients, ServiceCode: string, QuotaCode: string): Promise<number> {
  const quotas: ServiceQuotas = await aws.of(
    QUOTAS_CLIENT,
    async (config) => new (await import('@aws-sdk/client-service-quotas')).ServiceQuotas(config),
  );
  try {
    return (await quotas.getServiceQuota({ ServiceCode, QuotaCode })).Quota?.Value ?? 0;
  } catch (error) {
    if (!isError(error, 'NoSuchResourceException')) throw error;
    return (await quotas.getAWSDefaultServiceQuota({ ServiceCode, QuotaCode })).Quota?.Value ?? 0;
  }
}

/** By type; a type that the region does not have is left out. */
async function vcpusOf(aws: Clients, instances: readonly Instances[]): Promise<Map<string, number>> {
  const types = typesOf(instances);
  if (types.length === 0) return new Map();
  const ec2 = await ec2Of(aws);
  const { InstanceTypes: found = [] } = await ec2
    .describeInstanceTypes({ InstanceTypes: types as never[] })
    .catch((error: unknown) => {
      if (!isError(error, 'InvalidInstanceType')) throw error;
      // One that is not there is an error for all; a filter leaves it out.
      return ec2.describeInstanceTypes({ Filters: [{ Name: 'instance-type', Values: types }] });
    });
  return new Map(found.map(({ InstanceType = '', VCpuInfo }) => [InstanceType, VCpuInfo?.DefaultVCpus ?? 0]));
}
