import { Dag, env } from 'dagwright';
import { emr, emrServerless } from 'dagwright/tasks';

const dag = new Dag('applications', { env: { app: env.string(), role: env.role(), profile: env.role() } });
const { app, role, profile } = dag.env;
const script = 's3://b/x.py';
const cluster = dag.setup(
  'cluster',
  emr.cluster({ release: 'emr-7.13.0', primary: { type: 'm5.xlarge' }, serviceRole: role, instanceProfile: profile }),
);
// A cluster is no application, nor is its name; a role is needed, and so is a release that there can be.
dag.task('a', emrServerless.spark({ application: cluster as never, role, script }));
dag.task('b', emrServerless.spark({ application: 'My application', role, script }));
dag.task('c', emrServerless.spark({ application: app, script } as never));
dag.setup('d', emrServerless.application({ release: '7.13' }));
// Names of Airflow's and of the API's.
dag.task('e', emrServerless.spark({ applicationId: app, role, script } as never));
dag.task('f', emrServerless.spark({ application: app, executionRoleArn: role, script } as never));
dag.task('g', emrServerless.spark({ application: app, role, script, archives: ['environment.tar.gz'] }));
dag.task(
  'h',
  (emrServerless as never as { startJobRun(parameters: never): never }).startJobRun({ application: app } as never),
);
dag.setup('i', emrServerless.application({ release: 'emr-7.13.0', idleTimeout: '8d', architecture: 'ARM64' as never }));
dag.task('j', emrServerless.spark({ application: app, role: 'spark-role', script }));
dag.task('k', emrServerless.spark({ application: app, role, script }));
// All that the setup answered is no id; sizes, releases and roles that there cannot be.
const made = dag.setup('l', emrServerless.application({ release: 'emr-7.13.0' }));
dag.task('m', emrServerless.spark({ application: made.output as never, role, script }));
dag.task('n', emrServerless.spark({ application: app, role: 'arn:aws:s3:::spark', script }));
dag.setup('o', emrServerless.application({ release: 'emr-5.36.0' }));
dag.setup(
  'p',
  emrServerless.application({
    release: 'emr-7.13.0',
    initialCapacity: {
      driver: { count: 1, cpu: '4 cores', memory: '16Gi' },
      executor: { count: 1, cpu: '3 vCPU', memory: '16 GB' },
    },
    maximumCapacity: { cpu: '400', memory: '3000 GB', disk: '20' },
  }),
);

export default dag;
