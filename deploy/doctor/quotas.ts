import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { type Finding, looked, missing, there } from './finding.ts';
import type { Taken } from './machine-calls.ts';
import { ec2Of } from './network.ts';

export const QUOTAS_CLIENT = {
  package: '@aws-sdk/client-service-quotas',
  prefix: 'servicequotas',
  title: 'Service Quotas',
} as const;

/** Whether a run fits in a quota of the account. What else takes of it at that time is not known. */
export function lookAtQuota(aws: Clients, { quota, count, instances }: Taken): Promise<Finding[]> {
  const { service, code, title } = quota;
  const about = `the quota "${title}" of ${service}`;
  return looked(about, async () => {
    const value = await quotaOf(aws, service, code);
    const need = count + (await vcpusOf(aws, instances));
    if (value < need)
      return missing(about, diagnose('DOC012', { title, service, code, value, need, region: aws.region }));
    return there(about, `${value}; a run takes ${need}`);
  });
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

async function vcpusOf(aws: Clients, instances: ReadonlyMap<string, number>): Promise<number> {
  if (instances.size === 0) return 0;
  const ec2 = await ec2Of(aws);
  const InstanceTypes = [...instances.keys()] as never[];
  const { InstanceTypes: types = [] } = await ec2.describeInstanceTypes({ InstanceTypes });
  return types.reduce(
    (sum, { InstanceType = '', VCpuInfo }) => sum + (instances.get(InstanceType) ?? 0) * (VCpuInfo?.DefaultVCpus ?? 0),
    0,
  );
}
