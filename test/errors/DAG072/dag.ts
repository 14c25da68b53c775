import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('texts', { env: { lake: env.bucket() }, params: { day: param.string(), limit: param.integer() } });
const a = dag.task('a', say('a'));
const group = dag.taskGroup('group');
group.task('b', say('b'));
dag.task('task', say(`of ${a}`));
dag.task('several', say(`of ${a} and ${group}`));
dag.task('dag', say(`of ${dag}`));
dag.task('env', say(`in ${dag.env}`));
dag.task('params', say(`with ${dag.params}`));
dag.task('template', say(`like ${say('x')}`));
dag.task('declaration', say(`in ${env.bucket()} with ${param.string()}`));
dag.task('if', say(`if ${dag.if(() => dag.params.limit > 1)}`));
dag.task('string', say(String(a)));
dag.task('joined', say('of ' + a));
dag.task('list', say([a, group].join()));
dag.task('whole', say(a as never));
dag.task('expression', say(expr(() => `of ${a}`)));
dag.task('fine', say(`${a.id} ${a.output.MessageId} ${dag.id}`));

export default dag;
