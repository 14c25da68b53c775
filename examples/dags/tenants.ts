import { Dag, env, param } from 'dagwright';
import { aws, cloudformation, s3 } from 'dagwright/tasks';

/** Where the tenants live, and how much they may take. */
const TENANTS = [
  { name: 'alpina', retention: '30' },
  { name: 'boreal', retention: '365' },
] as const;

/**
 * A DAG for each tenant, made in a loop: it brings the tenant's stack up to date, or takes it down where the run says so. Airflow:
 * example_cloudformation, example_s3.
 */
export default TENANTS.map(({ name, retention }) => {
  const dag = new Dag(`tenant_${name}`, {
    schedule: null,
    tags: ['tenants', name],
    description: `The stack and the first files of ${name}.`,
    env: {
      lake: env.bucket({ description: 'The stacks’ templates are below templates/.' }),
      stacksRole: env.role({ description: 'What CloudFormation assumes; it may do what the stacks take' }),
    },
    params: { remove: param.boolean({ default: false, description: 'Whether the tenant leaves' }) },
    defaultArgs: { executionTimeout: '30m' },
  });
  const { lake, stacksRole: role } = dag.env;
  const StackName = `tenant-${name}`;

  const stack = dag.task(
    'stack',
    cloudformation.stack<{ Bucket: string }>({
      name: StackName,
      template: `s3://${lake}/templates/tenant.yaml`,
      parameters: { Tenant: name, RetentionDays: retention },
      role,
    }),
    { retries: 1, retryDelay: '2m' },
  );
  /** The tenant's own bucket is known when the stack is there. */
  dag.task(
    'welcome',
    s3.copy({ from: `s3://${lake}/templates/welcome.html`, to: `s3://${stack.output.Outputs.Bucket}/index.html` }),
  );

  const remove = dag.task(
    'remove',
    aws({ service: 'cloudformation', action: 'deleteStack', parameters: { StackName } }),
  );
  dag
    .if(() => dag.params.remove, { id: 'leaves' })
    .then(remove)
    .else(stack);
  return dag;
});
