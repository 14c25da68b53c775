import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('nothing_fits', {
  params: {
    n: param.integer({ minimum: 10, maximum: 1 }),
    text: param.string({ minLength: 5, maxLength: 2 }),
    size: param.enum([]),
    odd: param.string({ pattern: '(' }),
  },
});
dag.task('a', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } }));

export default dag;
