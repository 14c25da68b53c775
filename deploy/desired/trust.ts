import type { JsonObject } from '../../asl/json/value.ts';
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
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function trustOf(assumers: readonly Assumer[], place: Place): JsonObject {
  const byCondition = new Map<string, { services: string[]; condition: JsonObject | undefined }>();
  for (const { service, source } of assumers) {
    const condition = NAME_NO_SOURCE.has(service) ? undefined : conditionOf(place, source ?? sourceOf(service, place));
    const key = JSON.stringify(condition ?? null);
    const group = byCondition.get(key) ?? { services: [], condition };
    byCondition.set(key, { ...group, services: [...group.services, principalIn(place.partition, service)] });
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
 * A policy in which roles may be handed to services under the names that they bear in a partition.
 * @example
 * withPrincipals(policy, 'aws-cn') // iam:PassedToService: elasticmapreduce.amazonaws.com.cn, too
 */
export function withPrincipals(policy: JsonObject, partition: string): JsonObject {
  if (!IAM.some(({ principals = {} }) => Object.hasOwn(principals, partition))) return policy;
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return [...new Set(value.flatMap((item) => named(item)))];
    if (typeof value === 'string') {
      const own = principalIn(partition, value);
      return own === value ? value : [value, own];
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, named(item)]));
  };
  const Statement = (policy.Statement as readonly JsonObject[]).map((statement) =>
    statement.Condition === undefined ? statement : { ...statement, Condition: named(statement.Condition) },
  );
  return { ...policy, Statement } as JsonObject;
}

function principalIn(partition: string, service: string): string {
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
