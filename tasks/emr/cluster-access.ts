import { builtIn, type Permission, type RoleNeeds } from '../../authoring/internal.ts';
import { ownExecutions } from '../own-names.ts';
import { readsAndWritesBuckets } from '../s3-access.ts';
import { EXECUTION_TAG } from '../service.ts';
import type { ClusterParameters } from './cluster.ts';

/**
 * With this tag on the cluster EMR marks all that it makes for it, and AmazonEMRServicePolicy_v2 lets it manage nothing else.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html
 */
export const EMR_MANAGED_TAG = { Key: 'for-use-with-amazon-emr-managed-policies', Value: 'true' } as const;

export function clusterRoles(parameters: ClusterParameters): RoleNeeds[] {
  return [serviceRole(parameters), machinesRole(parameters)];
}

/**
 * What EMR does with its own role: AWS's policy, which AWS keeps up with EMR, and what that policy lets EMR do only in a network that
 * somebody tagged. The subnet and its VPC are not ours to tag: the subnet is named here instead, as the role that EMR's console makes
 * names it. Of security groups it still uses and changes those with the tag alone, which the ones that it makes have.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html
 */
function serviceRole(parameters: ClusterParameters): RoleNeeds {
  const { serviceRole: role, instanceProfile, subnet = '*', primary, core, task } = parameters;
  const ec2 = (resource: string) =>
    `arn:${builtIn('partition')}:ec2:${builtIn('region')}:${builtIn('account')}:${resource}`;
  return {
    role,
    managedPolicies: ['service-role/AmazonEMRServicePolicy_v2'],
    permissions: [
      {
        actions: [
          'ec2:CreateFleet',
          'ec2:CreateLaunchTemplate',
          'ec2:CreateLaunchTemplateVersion',
          'ec2:CreateNetworkInterface',
          'ec2:RunInstances',
        ],
        resources: [ec2(`subnet/${subnet}`)],
      },
      { actions: ['ec2:CreateSecurityGroup'], resources: [ec2('vpc/*')] },
      handsOn(instanceProfile),
      ...([primary, core, task].some((group) => group?.market === 'spot') ? [makesSpotRole()] : []),
    ],
  };
}

/**
 * The role by which EC2 looks after spot instances is made at the first request in an account.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
 */
function makesSpotRole(): Permission {
  const role = `arn:${builtIn('partition')}:iam::${builtIn('account')}:role/aws-service-role/spot.amazonaws.com`;
  return {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [`${role}/AWSServiceRoleForEC2Spot`],
    condition: { StringEquals: { 'iam:AWSServiceName': 'spot.amazonaws.com' } },
  };
}

function handsOn(role: string): Permission {
  return {
    actions: ['iam:PassRole'],
    resources: [`arn:${builtIn('partition')}:iam::${builtIn('account')}:role/${role}`],
    condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  };
}

/** What the cluster's machines do whatever runs on them: they write its logs and read what they are set up with. */
function machinesRole({ instanceProfile, logs, bootstrapActions = [] }: ClusterParameters): RoleNeeds {
  return {
    role: instanceProfile,
    lends: true,
    permissions: readsAndWritesBuckets([...(logs === undefined ? [] : [logs]), ...textsIn(bootstrapActions)]),
  };
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every cluster of the account and region: a cluster's id is not known before it is made. */
export function clusterArn(): string {
  return `arn:${builtIn('partition')}:elasticmapreduce:${builtIn('region')}:${builtIn('account')}:cluster/*`;
}

type Condition = NonNullable<Permission['condition']>;

/** That it is tagged with an execution of this machine. */
function carriesTag(key: 'RequestTag' | 'ResourceTag'): Condition {
  return { StringLike: { [`elasticmapreduce:${key}/${EXECUTION_TAG}`]: ownExecutions() } };
}

/**
 * Only clusters that carry the tag are made.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-tags-iam.html
 */
export const createsOurs = () => carriesTag('RequestTag');

/** Only clusters that carry the tag are looked at, used and ended. */
export function onOurs(): { readonly [action: string]: Condition } {
  const actions = ['AddJobFlowSteps', 'CancelSteps', 'DescribeCluster', 'DescribeStep', 'TerminateJobFlows'];
  return Object.fromEntries(actions.map((action) => [`elasticmapreduce:${action}`, carriesTag('ResourceTag')]));
}
