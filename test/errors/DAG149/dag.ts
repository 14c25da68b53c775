import { Dag, env } from 'dagwright';
import { emr } from 'dagwright/tasks';

const dag = new Dag('idle', { env: { service: env.role(), profile: env.role() } });
const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm6g.xlarge' },
    serviceRole: dag.env.service,
    instanceProfile: dag.env.profile,
    idleTimeout: '2m',
  }),
);
dag.task('clean', emr.spark({ cluster, script: 's3://lake/clean.py' }));

export default dag;
