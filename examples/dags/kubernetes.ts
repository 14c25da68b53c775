import { Dag, env, param } from 'dagwright';
import { aws, emrOnEks } from 'dagwright/tasks';

/**
 * Work on a Kubernetes cluster: a job of its own image, then Spark in a namespace that is registered with EMR. Airflow: example_eks_with_nodegroups,
 * example_eks_templated, example_emr_eks.
 */
const dag = new Dag('kubernetes', {
  schedule: '0 */6 * * *',
  env: {
    lake: env.bucket(),
    virtualCluster: env.string({ description: 'The id of EMR’s virtual cluster' }),
    podsRole: env.string({ description: 'The ARN of the role of Spark’s pods, whose trust names the virtual cluster' }),
    eks: env.string({ description: 'The name of the EKS cluster' }),
    eksEndpoint: env.string({ description: 'The address of its API server' }),
    eksAuthority: env.string({ description: 'The certificate of its API server, base64' }),
  },
  params: { day: param.string({ default: '2026-01-31', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) },
  defaultArgs: { executionTimeout: '1h' },
});
const { lake, virtualCluster, podsRole: role, eks, eksEndpoint, eksAuthority } = dag.env;
const { day } = dag.params;

const fetched = dag.task(
  'fetch',
  aws({
    service: 'eks',
    action: 'runJob',
    pattern: 'sync',
    parameters: {
      ClusterName: eks,
      Endpoint: eksEndpoint,
      CertificateAuthority: eksAuthority,
      LogOptions: { RetrieveLogs: true },
      Job: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'fetch-readings' },
        spec: {
          backoffLimit: 2,
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'fetch', image: 'registry.example.com/fetch:4', args: ['--day', day] }],
            },
          },
        },
      },
    },
  }),
);
dag
  .task(
    'score',
    emrOnEks.spark({
      virtualCluster,
      role,
      release: 'emr-7.13.0-latest',
      script: `s3://${lake}/jobs/score.py`,
      args: [day, `s3://${lake}/gold/scores/`],
      conf: { 'spark.executor.instances': '4', 'spark.executor.memory': '4g' },
      logs: `s3://${lake}/logs/`,
    }),
    { retries: 2, retryDelay: '5m' },
  )
  .after(fetched);

export default dag;
