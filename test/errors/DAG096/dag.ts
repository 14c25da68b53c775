import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('defaults', {
  params: {
    whole: param.integer({ default: 1.5 }),
    text: param.string({ default: 3 as never }),
    flag: param.boolean({ default: 'false' as never }),
    size: param.enum(['small', 'large'], { default: 'medium' as never }),
    least: param.number({ minimum: 1, default: 0 }),
    most: param.integer({ maximum: 10, default: 11 }),
    day: param.string({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', default: 'today' }),
    short: param.string({ maxLength: 3, default: 'four' }),
  },
});
dag.task('a', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } }));

export default dag;
