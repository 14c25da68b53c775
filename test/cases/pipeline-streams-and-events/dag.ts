import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Others are told in the ways they listen: a stream, a bus, a queue. */
const dag = new Dag('pipeline-streams-and-events', { schedule: '@daily' });
const load = dag.task('load', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load' } }));
dag
  .task(
    'stream',
    aws({
      service: 'firehose',
      action: 'putRecord',
      parameters: { DeliveryStreamName: 'loads', Record: { Data: 'loaded' } },
    }),
  )
  .after(load);
dag
  .task(
    'bus',
    aws({
      service: 'eventbridge',
      action: 'putEvents',
      parameters: {
        Entries: [{ Source: 'data', DetailType: 'loaded', Detail: { table: 'orders' }, EventBusName: 'data' }],
      },
    }),
  )
  .after(load);
dag
  .task(
    'queue',
    aws({
      service: 'sqs',
      action: 'sendMessage',
      parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/loads', MessageBody: 'loaded' },
    }),
  )
  .after(load);

export default dag;
