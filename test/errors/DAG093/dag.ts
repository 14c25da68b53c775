import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('names', {
  env: { 'my-bucket': env.bucket(), 'a b': env.string(), 'x}': env.string(), '': env.string(), '1st': env.string() },
  params: {
    'a`b': param.string({ default: 'x' }),
    'a b': param.string({ default: 'x' }),
    $day: param.string({ default: 'x' }),
  },
});
dag.task('a', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } }));

export default dag;
