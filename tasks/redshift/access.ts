import { builtIn, type Permission } from '../../authoring/internal.ts';
import type { SqlParameters } from './sql.ts';

/**
 * How the Data API gets at the database with the caller's leave: by a secret, or by credentials that it asks for.
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-iam.html
 */
export function credentials({ workgroup, cluster, database, dbUser, secret }: SqlParameters): Permission[] {
  const place = `${builtIn('region')}:${builtIn('account')}`;
  const redshift = (resource: string) => `arn:${builtIn('partition')}:redshift:${place}:${resource}`;
  if (secret !== undefined) return [{ actions: ['secretsmanager:GetSecretValue'], resources: [secret] }];
  if (cluster === undefined) {
    return [{ actions: ['redshift-serverless:GetCredentials'], resources: [workgroupArn(`${workgroup}`)] }];
  }
  if (dbUser === undefined)
    return [
      { actions: ['redshift:GetClusterCredentialsWithIAM'], resources: [redshift(`dbname:${cluster}/${database}`)] },
    ];
  return [
    {
      actions: ['redshift:GetClusterCredentials'],
      resources: [redshift(`dbname:${cluster}/${database}`), redshift(`dbuser:${cluster}/${dbUser}`)],
    },
  ];
}

/** A workgroup's ARN has an id in it that its name does not tell. */
function workgroupArn(workgroup: string): string {
  if (workgroup.startsWith('arn:')) return workgroup;
  return `arn:${builtIn('partition')}:redshift-serverless:${builtIn('region')}:${builtIn('account')}:workgroup/*`;
}
