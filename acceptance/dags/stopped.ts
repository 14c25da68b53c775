import { Dag, env } from 'dagwright';
import { emr } from 'dagwright/tasks';

/** A cluster with a step that sleeps: it is stopped before it ends. */
const dag = new Dag('stopped', {
  env: { lake: env.bucket(), emrServiceRole: env.role(), emrInstanceProfile: env.role() },
});
const { lake, emrServiceRole, emrInstanceProfile } = dag.env;

/** How long the cluster may take to start. */
const START = '30m';

const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    serviceRole: emrServiceRole,
    instanceProfile: emrInstanceProfile,
    logs: `s3://${lake}/logs/`,
    idleTimeout: '10m',
  }),
  { executionTimeout: START },
);
dag.task('step', emr.spark({ cluster, script: 'scripts/sleep.py', args: ['1800', `s3://${lake}/`] }));

export default dag;
