import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('placing', { env: { lake: env.bucket() } });
// biome-ignore lint/suspicious/noExplicitAny: what somebody writes without types
const any = dag as any;
const load = any.python('load', () => {});
any.operator('clean', say('clean')).after(load);
const checks = any.group('checks');
checks.sensor({ taskId: 'there', pokeInterval: 60 }).before(load);
dag.task('tell', say(`${dag.env.lake}`)).after(load, checks);

export default dag;
