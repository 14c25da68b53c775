import type { Json, JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import type { ServiceIam } from '../../asl/services/iam/index.ts';
import type { Place } from '../../aws/names.ts';
import { SERVICES } from '../../tasks/services.ts';

/** A service that assumes a role. */
export interface Assumer {
  /** `states.amazonaws.com` */
  readonly service: string;
  /** On behalf of what, as a pattern for ARNs, where AWS documents what the service says. */
  readonly source?: string;
}

/**
 * Who may assume a role: the services, each on behalf of this account alone, and of what is named. Some services do not say on whose behalf
 * they assume a role: nobody can hand them a role of another account, and a condition would refuse everybody.
 * @param partition whose names of services are written, where the place's own is not known yet
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function trustOf(assumers: readonly Assumer[], place: Place, partition = place.partition): JsonObject {
  const byCondition = new Map<string, { services: string[]; condition: JsonObject | undefined }>();
  for (const { service, source } of assumers) {
    const condition = NAME_NO_SOURCE.has(service) ? undefined : conditionOf(place, source ?? sourceOf(service, place));
    const key = JSON.stringify(condition ?? null);
    const group = byCondition.get(key) ?? { services: [], condition };
    byCondition.set(key, { ...group, services: [...group.services, principalIn(partition, service)] });
  }
  return {
    Version: '2012-10-17',
    Statement: [...byCondition.values()].map(({ services, condition }) => ({
      Effect: 'Allow',
      Principal: { Service: services.length === 1 ? services[0]! : services },
      Action: 'sts:AssumeRole',
      ...(condition !== undefined && { Condition: condition }),
    })),
  };
}

function conditionOf({ account }: Place, source: string | undefined): JsonObject {
  return {
    StringEquals: { 'aws:SourceAccount': account },
    ...(source !== undefined && { ArnLike: { 'aws:SourceArn': source } }),
  };
}

/**
 * A policy with the names that services bear in a partition, besides those that they bear everywhere. To whom a role is passed IAM is told in
 * China by either name: EC2 as `ec2.amazonaws.com` when a role goes into an instance profile, and as `ec2.amazonaws.com.cn` when instances
 * start with it. Which service is named how is not documented, so that both may be passed to; both are the same service.
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3422
 * @see https://github.com/aws/karpenter-provider-aws/issues/6843
 * @example
 * withPrincipals(policy, 'aws-cn') // iam:PassedToService: ec2.amazonaws.com and ec2.amazonaws.com.cn
 */
export function withPrincipals(policy: JsonObject, partition: string): JsonObject {
  if (!IAM.some(({ principals = {} }) => Object.hasOwn(principals, partition))) return policy;
  const named = (value: Json, key: string): Json => {
    if (typeof value === 'string' || Array.isArray(value)) {
      const names = passedNames([value].flat().map(String), partition, key);
      return names.length === 1 && !Array.isArray(value) ? names[0]! : names;
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([own, item]) => [own, named(item, own)]));
  };
  const Statement = (policy.Statement as readonly JsonObject[]).map((statement) => ({
    ...statement,
    ...(statement.Resource !== undefined && { Resource: withLinkedRoles(statement.Resource, partition) }),
    ...(statement.Condition !== undefined && { Condition: named(statement.Condition, '') }),
  }));
  return { ...policy, Statement } as JsonObject;
}

/**
 * The path of a service-linked role has the name of its service.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/using-service-linked-roles-cleanup.html
 */
function withLinkedRoles(resources: Json, partition: string): Json {
  const all = [resources]
    .flat()
    .map(String)
    .flatMap((resource) => [
      resource,
      resource.replace(/(?<=:role\/aws-service-role\/)[^/]+/, (service) => principalIn(partition, service)),
    ]);
  const names = [...new Set(all)];
  return names.length === 1 && !Array.isArray(resources) ? names[0]! : names;
}

/**
 * The names that a condition on a key takes for some services.
 * @example passedNames(['ec2.amazonaws.com'], 'aws-cn') // ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn']
 */
export function passedNames(
  services: readonly string[],
  partition: string,
  key = 'iam:PassedToService',
): readonly string[] {
  const all = services.flatMap((service) => [
    service,
    principalIn(partition, service),
    ...(key === 'iam:PassedToService' && partition === 'aws-cn' ? [service.replace(/\.amazonaws\.com$/, '$&.cn')] : []),
  ]);
  return [...new Set(all)];
}

/**
 * The name by which a service assumes roles in a partition.
 * @example
 * principalIn('aws-cn', 'elasticmapreduce.amazonaws.com') // 'elasticmapreduce.amazonaws.com.cn'
 */
export function principalIn(partition: string, service: string): string {
  return (
    IAM.find(({ principals }) => principals?.[partition]?.[service])?.principals?.[partition]?.[service] ?? service
  );
}

function sourceOf(service: string, { partition, region, account }: Place): string | undefined {
  const source = IAM.find(({ sources }) => sources?.[service])?.sources?.[service];
  return source && fillPlaceholders(source, { partition, region, account });
}

const IAM: readonly ServiceIam[] = SERVICES.flatMap(({ iam = [] }) => iam);
const NAME_NO_SOURCE: ReadonlySet<string> = new Set(IAM.flatMap(({ namesNoSource = [] }) => namesNoSource));
