import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The line that is changed between deploys. */
const LINE = 'line-0';

const dag = new Dag('line', { env: { lake: env.bucket() } });
dag.task(
  'look',
  aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: dag.env.lake, Prefix: LINE, MaxKeys: 1 } }),
);

export default dag;
