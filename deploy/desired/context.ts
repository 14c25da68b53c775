import type { Json, JsonObject } from '../../asl/json/value.ts';
import { type Names, ownRoleArn, type Place } from '../../aws/names.ts';
import { inPartition } from '../../aws/partition.ts';
import type { Environment } from '../../project/environment.ts';
import type { Built } from '../built.ts';
import type { Resource, Tags } from '../resource.ts';
import { withKeys } from './keys.ts';
import { type Assumer, trustOf, withPrincipals } from './trust.ts';

/** What the parts of what is desired are made from. */
export interface DesiredContext {
  readonly built: Built;
  readonly environment: Environment;
  readonly place: Place;
  readonly names: Names;
  readonly tags: Tags;
  readonly fill: (document: JsonObject) => JsonObject;
  /** Whose names of services policies and trusts have: that of the place, but where it is not known yet. */
  readonly partition: string;
}

/** A role that deploy makes for one service, which allows one thing. */
export function smallRole(
  context: DesiredContext,
  about: {
    readonly name: string;
    readonly title: string;
    readonly assumedBy: readonly Assumer[];
    readonly policy: JsonObject;
  },
): Resource {
  const { environment, names, place, partition } = context;
  const policy = withKeys(withPrincipals(about.policy, partition), environment);
  return {
    kind: 'role',
    title: about.title,
    name: about.name,
    arn: ownRoleArn(place, names, about.name),
    properties: {
      path: names.rolePath,
      trust: trustOf(about.assumedBy, place, partition),
      // IAM refuses a policy that says nothing: such a role has none.
      policy: (policy.Statement as readonly Json[]).length === 0 ? null : policy,
      others: [],
      ...(environment.permissionsBoundary !== undefined && { boundary: environment.permissionsBoundary }),
    },
    tags: context.tags,
  };
}

/** A machine of a few states that serves the DAG's own; it has no log. */
export function smallMachine(
  { tags, place }: DesiredContext,
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
    properties: {
      definition: inPartition(definition, place.partition),
      ...{ role: role.arn, logLevel: 'OFF', logGroup: null, tracing: false },
    },
    tags,
  };
}

/**
 * Step Functions, on behalf of the account's machines in this region: the form that AWS documents.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 */
export function statesOf({ partition, region, account }: Place): Assumer[] {
  return [{ service: 'states.amazonaws.com', source: `arn:${partition}:states:${region}:${account}:stateMachine:*` }];
}

/**
 * May start a machine. AWS authorises on the machine's own ARN, whatever version or alias is started, which the key names.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 */
export function starts(machineArn: string, qualifier?: string): JsonObject {
  const Condition = { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': qualifier ?? '' } };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['states:StartExecution'],
        Resource: [machineArn],
        ...(qualifier !== undefined && { Condition }),
      },
    ],
  };
}
