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
