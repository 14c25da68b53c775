import { builtIn, type Permission } from '../../authoring/internal.ts';
import { EXECUTION_TAG } from '../service.ts';

/** Every cluster of the account and region: a cluster's id is not known before it is made. */
export function clusterArn(): string {
  return `arn:${builtIn('partition')}:elasticmapreduce:${builtIn('region')}:${builtIn('account')}:cluster/*`;
}

type Condition = NonNullable<Permission['condition']>;

/** The executions of the account and region: what a machine is called is not known before it is deployed. */
function carriesTag(key: 'RequestTag' | 'ResourceTag'): Condition {
  const executions = `arn:${builtIn('partition')}:states:${builtIn('region')}:${builtIn('account')}:execution:*`;
  return { StringLike: { [`elasticmapreduce:${key}/${EXECUTION_TAG}`]: executions } };
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
