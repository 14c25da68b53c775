import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** What the job is to do stands in Parameter Store and in a table. */
const dag = new Dag('pipeline-configuration-first', { schedule: '@daily' });
const limit = dag.task('limit', aws({ service: 'ssm', action: 'getParameter', parameters: { Name: '/loads/limit' } }));
const table = dag.task(
  'table',
  aws({ service: 'dynamodb', action: 'getItem', parameters: { TableName: 'tables', Key: { id: { S: 'orders' } } } }),
);
dag.task(
  'load',
  aws({
    service: 'lambda',
    action: 'invoke',
    parameters: {
      FunctionName: 'load',
      Payload: {
        limit: (limit.output as { Parameter: { Value: string } }).Parameter.Value,
        path: (table.output as { Item: { [name: string]: { S: string } } }).Item.path!.S,
      },
    },
  }),
);

export default dag;
