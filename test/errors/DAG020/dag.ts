import { Dag, env } from 'dagwright';
import { emr } from 'dagwright/tasks';

const dag = new Dag('asset', { env: { role: env.role() } });
const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    serviceRole: dag.env.role,
    instanceProfile: dag.env.role,
  }),
);
dag.task('clean', emr.spark({ cluster, script: 'spark/no-such.py' }));

export default dag;
