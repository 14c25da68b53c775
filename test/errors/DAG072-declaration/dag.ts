import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('declaration', { env: { lake: env.bucket() } });
const put = (Bucket: unknown, Key: unknown) =>
  aws({ service: 's3', action: 'putObject', parameters: { Bucket: Bucket as string, Key: Key as string } });
dag.task('bucket', put(env.bucket(), 'a'));
dag.task('key', put(dag.env.lake, param.string()));
// What is given whole is an object of values.
dag.task(
  'all',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'f', Payload: { ...dag.env } } }),
);

export default dag;
