import { chain, Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A file is moved: copied, looked at, and only then deleted where it was. */
const dag = new Dag('pipeline-copy-and-delete', { env: { from: env.bucket(), to: env.bucket() } });
const { from, to } = dag.env;
chain(
  dag.task(
    'copy',
    aws({
      service: 's3',
      action: 'copyObject',
      parameters: { Bucket: to, Key: 'day.csv', CopySource: `${from}/day.csv` },
    }),
  ),
  dag.task('look', aws({ service: 's3', action: 'headObject', parameters: { Bucket: to, Key: 'day.csv' } }), {
    retries: 2,
    retryDelay: '5s',
  }),
  dag.task('delete', aws({ service: 's3', action: 'deleteObject', parameters: { Bucket: from, Key: 'day.csv' } })),
);

export default dag;
