import { builtIn, type Permission } from '../../authoring/internal.ts';
import { ownExecutions } from '../own-names.ts';
import { EXECUTION_TAG } from '../service.ts';

type Condition = NonNullable<Permission['condition']>;

/** Only what carries the tag is made. */
export function requested(): Condition {
  return { StringLike: { [`aws:RequestTag/${EXECUTION_TAG}`]: ownExecutions() } };
}

/** Only applications that carry the tag, and the jobs on them, are looked at, used and ended. */
export function onOurs(): { readonly [action: string]: Condition } {
  const condition = { StringLike: { [`aws:ResourceTag/${EXECUTION_TAG}`]: ownExecutions() } };
  const actions = ['CancelJobRun', 'DeleteApplication', 'GetApplication', 'GetJobRun', 'StartApplication'];
  return Object.fromEntries(
    [...actions, 'StartJobRun', 'StopApplication'].map((action) => [`emr-serverless:${action}`, condition]),
  );
}

/**
 * What EMR Serverless does with the caller's leave when it makes an application: it tags it, makes the role by which it reaches networks
 * where the account has none, and enters the network.
 * @see https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/using-service-linked-roles.html
 * @see https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/vpc-access.html
 */
export function onBehalf(subnets: readonly string[] | undefined): Permission[] {
  const arn = (rest: string) => `arn:${builtIn('partition')}:${rest}`;
  const place = `${builtIn('region')}:${builtIn('account')}`;
  const service = 'ops.emr-serverless.amazonaws.com';
  return [
    {
      actions: ['emr-serverless:TagResource'],
      resources: [arn(`emr-serverless:${place}:/applications/*`)],
      condition: requested(),
    },
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [
        arn(`iam::${builtIn('account')}:role/aws-service-role/${service}/AWSServiceRoleForAmazonEMRServerless`),
      ],
      condition: { StringEquals: { 'iam:AWSServiceName': service } },
    },
    ...(subnets
      ? [
          {
            actions: ['ec2:CreateNetworkInterface'],
            resources: [
              arn(`ec2:${place}:network-interface/*`),
              arn(`ec2:${place}:security-group/*`),
              ...subnets.map((subnet) => arn(`ec2:${place}:subnet/${subnet}`)),
            ],
            condition: { StringEquals: { 'aws:CalledViaLast': service } },
          },
        ]
      : []),
  ];
}
