import { Dag, env } from 'dagwright';
import { emr } from 'dagwright/tasks';

const dag = new Dag('handle', { env: { role: env.role() } });
const { role } = dag.env;
const primary = { type: 'm5.xlarge' };
const cluster = dag.setup(
  'cluster',
  emr.cluster({ release: 'emr-7.13.0', primary, serviceRole: role, instanceProfile: role }),
);
dag.task('clean', (emr.spark as (...all: unknown[]) => never)(cluster, 'spark/clean.py'));

export default dag;
