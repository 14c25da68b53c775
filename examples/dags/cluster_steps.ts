import { Dag, env } from 'dagwright';
import { emr, s3 } from 'dagwright/tasks';

/**
 * Last month's logs on a cluster of spot instances that lives as long as the work: fetched into HDFS, counted with Spark, written back. A
 * lock keeps others away, and goes whatever comes of it. Airflow: example_emr, example_s3.
 */
const dag = new Dag('cluster_steps', {
  schedule: '@monthly',
  failFast: true,
  env: {
    lake: env.bucket({ description: 'Logs are below raw/logs/.' }),
    subnet: env.string({ description: 'A subnet that reaches S3' }),
    emrServiceRole: env.role(),
    emrInstanceProfile: env.role(),
  },
  defaultArgs: { executionTimeout: '4h' },
});
const { lake, subnet, emrServiceRole: serviceRole, emrInstanceProfile: instanceProfile } = dag.env;

const lock = dag.setup('lock', s3.put({ to: `s3://${lake}/locks/logs.json`, body: { since: dag.logicalDate } }));
const cluster = dag
  .setup(
    'cluster',
    emr.cluster({
      release: 'emr-7.13.0',
      applications: ['Spark'],
      primary: { type: 'm5.xlarge' },
      core: { type: 'm5.xlarge', count: 2 },
      task: { type: 'm5.2xlarge', count: 4, market: 'spot' },
      subnet,
      serviceRole,
      instanceProfile,
      logs: `s3://${lake}/logs/emr/`,
      idleTimeout: '30m',
      maxConcurrentSteps: 2,
    }),
  )
  .after(lock);

const copy = (src: string, dest: string) => emr.step({ cluster, args: ['s3-dist-cp', '--src', src, '--dest', dest] });
const fetched = dag.task('fetch', copy(`s3://${lake}/raw/logs/`, 'hdfs:///logs/'), { retries: 1, retryDelay: '5m' });
const counts = ['status', 'country'].map((by) =>
  dag
    .task(
      `count_by_${by}`,
      emr.spark({
        cluster,
        script: 'jobs/log_counts.py',
        args: ['--by', by, 'hdfs:///logs/', `hdfs:///counts/${by}/`],
      }),
    )
    .after(fetched),
);
const stored = dag
  .task('store', copy('hdfs:///counts/', `s3://${lake}/gold/logs/${dag.logicalDate}/`))
  .after(...counts);

dag.teardown('unlock', s3.delete({ bucket: lake, keys: ['locks/logs.json'] }), { setups: [lock] }).after(stored);

export default dag;
