import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('prose', {
  description: 'Loads {{ ds }}.',
  tags: ['sales', '${dag.env.lake}'],
  env: { lake: env.bucket({ description: 'Of {{ var.value.owner }}' }) },
  params: { day: param.string({ default: '2026-01-01', description: 'Default {{ ds }}' }) },
});
dag.task('load', say(`${dag.env.lake} ${dag.params.day}`), { docMd: 'For {{ params.day }}.' });

export default dag;
