import { Dag, env } from 'dagwright';
import { emr, emrServerless } from 'dagwright/tasks';

const dag = new Dag('left', { env: { role: env.role(), profile: env.role() } });
const { role, profile } = dag.env;
dag.task(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    serviceRole: role,
    instanceProfile: profile,
  }),
);
const application = dag.task('application', emrServerless.application({ release: 'emr-7.13.0' }));
dag.task('clean', emrServerless.spark({ application, role, script: 's3://lake/clean.py' }));

export default dag;
