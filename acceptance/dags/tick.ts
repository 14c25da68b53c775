import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Due in every minute. */
const dag = new Dag('tick', { schedule: '* * * * *', env: { lake: env.bucket() } });
dag.task(
  'look',
  aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: dag.env.lake, Prefix: 'tick/', MaxKeys: 1 } }),
);

export default dag;
