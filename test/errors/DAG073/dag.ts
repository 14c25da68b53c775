import { Dag, expr } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('members');
const a = dag.task('a', say('a')) as unknown as { outputs: { MessageId: string }; Output: { MessageId: string } };
dag.task('expr', say(expr(() => `${a.Output.MessageId}`)));
dag.task('text', say(`of ${(dag as unknown as { ds: string }).ds} ${a.outputs.MessageId}`));

export default dag;
