import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** What the model says otherwise, and the integration may refuse. */
const dag = new Dag('hints');
const call = (service: string, action: string, parameters: object) => aws({ service, action, parameters } as never);
const item = dag.task('item', call('dynamodb', 'getItem', { TableName: 't', Key: { id: '1' } }));
const NetworkConfiguration = { awsvpcConfiguration: { subnets: ['s'] } };
dag
  .task(
    'container',
    aws({
      service: 'ecs',
      action: 'runTask',
      pattern: 'sync',
      parameters: { TaskDefinition: 't', NetworkConfiguration },
    } as never),
    { retries: 1 },
  )
  .after(item);
dag
  .task('topic', call('sns', 'publish', { TopicARN: 'arn:aws:sns:us-east-1:111122223333:t', Message: 'm' }))
  .after(item);

export default dag;
