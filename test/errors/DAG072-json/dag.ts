import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('json', { env: { lake: env.bucket() } });
const a = dag.task('a', say('a'));
dag.task('task', say(JSON.stringify({ of: a })));
dag.task('env', say(JSON.stringify(dag.env)));
dag.task('fine', say(JSON.stringify({ of: a.output, in: dag.env.lake })));

export default dag;
