/** Where IAM names a service otherwise than the SDK does. */
const PREFIX: { readonly [service: string]: string } = {
  applicationautoscaling: 'application-autoscaling',
  cloudwatchlogs: 'logs',
  cognitoidentityprovider: 'cognito-idp',
  databasemigration: 'dms',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  emrcontainers: 'emr-containers',
  emrserverless: 'emr-serverless',
  eventbridge: 'events',
  opensearch: 'es',
  redshiftdata: 'redshift-data',
  sesv2: 'ses',
  sfn: 'states',
};

/** Where IAM names an action otherwise than the API does. */
const ACTION: { readonly [action: string]: string } = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjects': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:CopyObject': 's3:PutObject',
};

/**
 * The IAM action that a call needs.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function iamAction(service: string, action: string): string {
  const name = `${PREFIX[service] ?? service}:${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return ACTION[name] ?? name;
}
