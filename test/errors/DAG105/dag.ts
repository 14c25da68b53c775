import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (parameters: object) => aws({ service: 'sqs', action: 'sendMessage', parameters: parameters as never });
const throws = {
  get retries(): number {
    throw new Error('not today');
  },
};
const dag = new Dag('unreadable');
dag.task('a', send({ QueueUrl: 'https://q', MessageBody: 'x' }), throws);
dag.task('b', send({ QueueUrl: 'https://q', MessageBody: throws }));

export default dag;
