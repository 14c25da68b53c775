import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('key', { env: { name: env.string() } });
const attribute = `${dag.env.name}`;
dag.task(
  'a',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: {
      QueueUrl: 'https://q',
      MessageBody: 'a',
      MessageAttributes: { [attribute]: { DataType: 'String', StringValue: 'x' } },
    },
  }),
);

export default dag;
