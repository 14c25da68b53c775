import { Dag, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('elsewhere', {
  params: {
    day: param.string({ default: '{{ ds }}' }),
    kind: param.enum(['all', '{{ params.kind }}'], { default: 'all' }),
    more: param.json({ default: { days: ['{{ macros.ds_add(ds, 1) }}'] } }),
  },
});
const { day } = dag.params;

dag.task('comment', say('Told. {# as every day #}'));
dag.task('expression', say(expr(() => (day === '{{ ds }}' ? 'today' : `not {{ ds }} but ${day}`))));
const [a, b] = [dag.task('a', say('a')), dag.task('b', say('b'))];
dag
  .switch(() => day)
  .case('{{ ds }}', a)
  .default(b);

export default dag;
