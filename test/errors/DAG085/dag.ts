import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('misspelt', {
  schedul: '@daily',
  env: { lake: env.bucket({ descripton: 'The lake.' } as never) },
  params: { full: param.boolean({ defualt: true } as never) },
  defaultArgs: { retrys: 2 },
} as never);
const a = dag.task('a', send('a'), { retry: 2 } as never);
dag.teardown('b', send('b'), { setup: a } as never);
dag.shortCircuit('c', () => true, { ignoreDownstreamTriggerRule: true } as never).before(a);
dag.if(() => true, { name: 'd' } as never).then(a);

export default dag;
