import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The line that is changed between deploys. */
const LINE = 'line-0';

/** Fails at its second task as long as an object is missing. */
const dag = new Dag('resumed', { schedule: '@daily', env: { lake: env.bucket() } });
const { lake } = dag.env;

const before = dag.task(
  'before',
  aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: lake, Prefix: LINE, MaxKeys: 1 } }),
);
const needs = dag
  .task('needs', aws({ service: 's3', action: 'headObject', parameters: { Bucket: lake, Key: 'switch/on.txt' } }))
  .after(before);
dag
  .task(
    'then',
    aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: lake, Prefix: 'switch/', MaxKeys: 1 } }),
  )
  .after(needs);

export default dag;
