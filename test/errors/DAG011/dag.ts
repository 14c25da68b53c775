import { Dag, env } from 'dagwright';
import { aws, emr } from 'dagwright/tasks';

const dag = new Dag('field', { env: { role: env.role() } });
const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    serviceRole: dag.env.role,
    instanceProfile: dag.env.role,
  }),
);
const id = (cluster.output as unknown as { ClusterID: string }).ClusterID;
dag.task('a', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: id } }));

export default dag;
