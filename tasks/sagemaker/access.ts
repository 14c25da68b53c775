import { builtIn, type Permission } from '../../authoring/internal.ts';
import { readsAndWritesBuckets } from '../s3-access.ts';

/**
 * What a job, or the container of a model, does with its role: it reads and writes the buckets that it is told of, fetches its image, and
 * writes its log and its metrics.
 * @param places paths in S3
 * @param group the log group: `TrainingJobs`
 * @param inVpc whether it runs in subnets of the account
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export function needsOfContainer(places: readonly unknown[], group: string, inVpc = false): Permission[] {
  const place = `${builtIn('partition')}:logs:${builtIn('region')}:${builtIn('account')}`;
  return [
    ...readsAndWritesBuckets(places.filter((one) => one !== undefined).map((one) => `${one}`)),
    { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    {
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [`arn:${builtIn('partition')}:ecr:*:*:repository/*`],
    },
    { actions: ['cloudwatch:PutMetricData'], resources: ['*'] },
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [`arn:${place}:log-group:/aws/sagemaker/${group}`, `arn:${place}:log-group:/aws/sagemaker/${group}:*`],
    },
    ...(inVpc ? [NETWORK] : []),
  ];
}

/** Interfaces in the account's own subnets. */
const NETWORK: Permission = {
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:CreateNetworkInterfacePermission',
    'ec2:DeleteNetworkInterface',
    'ec2:DeleteNetworkInterfacePermission',
    'ec2:DescribeDhcpOptions',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  ],
  resources: ['*'],
};
