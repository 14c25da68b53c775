import { Dag, env, param } from 'dagwright';
import { emr } from 'dagwright/tasks';

/** No cluster is made for a day without files. */
const dag = new Dag('short-circuit-before-a-cluster', {
  env: { lake: env.bucket(), emrRole: env.role(), emrProfile: env.role() },
  params: { files: param.integer({ default: 1 }) },
});
const { lake, emrRole, emrProfile } = dag.env;
const any = dag.shortCircuit('any_files', () => dag.params.files > 0);
const cluster = dag
  .setup(
    'cluster',
    emr.cluster({
      release: 'emr-7.13.0',
      primary: { type: 'm5.xlarge' },
      serviceRole: emrRole,
      instanceProfile: emrProfile,
    }),
  )
  .after(any);
dag.task('clean', emr.spark({ cluster, script: `s3://${lake}/jobs/clean.py` }));

export default dag;
