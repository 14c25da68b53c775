import { Dag, env, param, verbatim } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('quotes', { env: { lake: env.bucket() }, params: { day: param.string() } });
const first = dag.task('first', say('1'));
dag.task('env', say('s3://${lake}/x/${lake}'));
dag.task('param', say('of ${day}'));
dag.task('long', say('of ${dag.params.day} in ${dag.env.lake} at ${dag.logicalDate}'));
dag.task('output', say('${first.output.MessageId}'));
dag.task('id', say('${first}'));
dag.task('mixed', say(`${dag.env.lake}/` + '${day}'));
// Nobody's name here, or meant so.
dag.task('shell', say('echo ${HOME} ${1} $' + '{}'));
dag.task('meant', say(verbatim('s3://${lake}/')));
dag.task('fine', say(`s3://${dag.env.lake}/${first.output.MessageId}`));

export default dag;
