import type { JsonObject } from '../../asl/json/value.ts';
import { type Names, type Place, roleArn } from '../../aws/names.ts';
import type { Environment } from '../../project/environment.ts';
import type { Built } from '../built.ts';
import type { Resource, Tags } from '../resource.ts';

/** What the parts of what is desired are made from. */
export interface DesiredContext {
  readonly built: Built;
  readonly environment: Environment;
  readonly place: Place;
  readonly names: Names;
  readonly tags: Tags;
  readonly fill: (document: JsonObject) => JsonObject;
}

/** A role that deploy makes for one service, which allows one thing. */
export function smallRole(
  context: DesiredContext,
  about: {
    readonly name: string;
    readonly title: string;
    readonly service: string | readonly string[];
    readonly policy: JsonObject;
  },
): Resource {
  return {
    kind: 'role',
    title: about.title,
    name: about.name,
    arn: roleArn(context.place, about.name),
    properties: { trust: trustOf(about.service, context.place), policy: about.policy, others: [] },
    tags: context.tags,
  };
}

/** A machine of a few states that serves the DAG's own; it has no log. */
export function smallMachine(
  { tags }: DesiredContext,
  about: {
    readonly name: string;
    readonly arn: string;
    readonly title: string;
    readonly definition: JsonObject;
    readonly role: Resource;
  },
): Resource {
  const { definition, role } = about;
  return {
    kind: 'machine',
    title: about.title,
    name: about.name,
    arn: about.arn,
    properties: { definition, role: role.arn, logLevel: 'OFF', logGroup: null, tracing: false },
    tags,
  };
}

/**
 * Who may assume the role: the service, on behalf of this account alone.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function trustOf(service: string | readonly string[], { account }: Place): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ],
  };
}

export function allows(action: string, resource: string): JsonObject {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [action], Resource: [resource] }] };
}
