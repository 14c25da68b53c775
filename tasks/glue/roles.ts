import { builtIn, type Permission, type RoleNeeds } from '../../authoring/internal.ts';
import { reads } from '../s3-access.ts';
import type { CrawlParameters } from './crawl.ts';

/**
 * What a crawler does with its role: it reads the files and writes the tables of its database. AWS's AWSGlueServiceRole, scoped down: it
 * deletes no table (`DEPRECATE_IN_DATABASE`) and reaches no network.
 * @see https://docs.aws.amazon.com/glue/latest/dg/crawler-prereqs.html
 */
export function crawlerRole({ database, path, role }: CrawlParameters): RoleNeeds {
  const glue = (resource: string) =>
    `arn:${builtIn('partition')}:glue:${builtIn('region')}:${builtIn('account')}:${resource}`;
  return {
    role,
    permissions: [
      ...reads(path, 'glue.crawl'),
      { actions: ['glue:GetDatabase'], resources: [glue('catalog'), glue(`database/${database}`)] },
      {
        actions: [
          'glue:BatchCreatePartition',
          'glue:BatchGetPartition',
          'glue:BatchUpdatePartition',
          'glue:CreatePartition',
          'glue:CreateTable',
          'glue:GetPartition',
          'glue:GetPartitions',
          'glue:GetTable',
          'glue:GetTables',
          'glue:UpdatePartition',
          'glue:UpdateTable',
        ],
        resources: [glue('catalog'), glue(`database/${database}`), glue(`table/${database}/*`)],
      },
      writesLogs('crawlers'),
    ],
  };
}

/**
 * Tagging what is made, in the call that makes it.
 * @see https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html
 */
export function tags(...resources: readonly string[]): Permission {
  const glue = `arn:${builtIn('partition')}:glue:${builtIn('region')}:${builtIn('account')}`;
  return { actions: ['glue:TagResource'], resources: resources.map((resource) => `${glue}:${resource}`) };
}

/**
 * Writing the log of what Glue runs.
 * @param group `crawlers`, `python-jobs/*`
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html
 */
export function writesLogs(group: string): Permission {
  const arn = `arn:${builtIn('partition')}:logs:${builtIn('region')}:${builtIn('account')}:log-group:/aws-glue/${group}`;
  return {
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: group.endsWith('*') ? [arn] : [arn, `${arn}:*`],
  };
}

/**
 * Reading and writing the tables of databases of the Data Catalog, as `from_catalog`, `getSink` and Spark SQL do.
 * @see https://docs.aws.amazon.com/glue/latest/dg/getting-started-min-privs-job.html
 */
export function usesCatalog(databases: readonly string[]): Permission[] {
  if (databases.length === 0) return [];
  const arn = (resource: string) =>
    `arn:${builtIn('partition')}:glue:${builtIn('region')}:${builtIn('account')}:${resource}`;
  return [
    {
      actions: [
        'glue:BatchCreatePartition',
        'glue:BatchGetPartition',
        'glue:CreatePartition',
        'glue:CreateTable',
        'glue:GetDatabase',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:GetTable',
        'glue:GetTables',
        'glue:UpdatePartition',
        'glue:UpdateTable',
      ],
      resources: [
        arn('catalog'),
        ...databases.map((name) => arn(`database/${name}`)),
        ...databases.map((name) => arn(`table/${name}/*`)),
      ],
    },
  ];
}

/**
 * Entering the network of connections: Glue makes network interfaces there with the job's role, and tags them as its own. Where they are is
 * in the connection, which the DAG does not see.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGlueServiceRole.html
 */
export function usesConnections(names: readonly string[]): Permission[] {
  if (names.length === 0) return [];
  const place = `${builtIn('region')}:${builtIn('account')}`;
  const glue = (resource: string) => `arn:${builtIn('partition')}:glue:${place}:${resource}`;
  const ec2 = (resource: string) => `arn:${builtIn('partition')}:ec2:${place}:${resource}`;
  return [
    {
      actions: ['glue:GetConnection'],
      resources: [glue('catalog'), ...names.map((name) => glue(`connection/${name}`))],
    },
    {
      actions: [
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcAttribute',
        'ec2:DescribeVpcEndpoints',
      ],
      resources: ['*'],
    },
    {
      actions: ['ec2:CreateNetworkInterface'],
      resources: [ec2('network-interface/*'), ec2('security-group/*'), ec2('subnet/*')],
    },
    { actions: ['ec2:DeleteNetworkInterface'], resources: [ec2('network-interface/*')] },
    {
      actions: ['ec2:CreateTags', 'ec2:DeleteTags'],
      resources: [ec2('network-interface/*')],
      condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'aws-glue-service-resource' } },
    },
  ];
}
