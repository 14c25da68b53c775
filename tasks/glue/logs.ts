import { builtIn, type Permission } from '../../authoring/internal.ts';

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
