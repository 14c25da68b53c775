import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('permissions', { env: { lake: env.bucket() } });
const read = (id: string, resource: string) =>
  dag.task(
    id,
    aws({
      service: 'lambda',
      action: 'invoke',
      parameters: { FunctionName: 'f' },
      permissions: [{ actions: ['s3:GetObject'], resources: [resource] }],
    }),
  );
read('by_name', `${dag.env.lake}/gold/*x`);
read('address', 's3://my-lake/gold/*');
read('open', 'arn:aws:*:us-east-1:111122223333:x');
read('regional', 'arn:aws:iam:us-east-1:111122223333:role/r');
read('well', `arn:aws:s3:::${dag.env.lake}/gold/*`);

export default dag;
