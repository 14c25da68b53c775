import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('renamed', { env: { lake: env.bucket() } });
const { lake: bucket } = dag.env;
const first = dag.task('first', say(`s3://${bucket}/`));
const { output } = first;
const [again] = [first];

dag.task('env', say('s3://${bucket}/'));
dag.task('output', say('As ${output.MessageId}'));
dag.task('id', say('Behind ${first.id}'));
dag.task('item', say('${again.output.MessageId}'));
// A name of nobody's is the shell's, or a template's.
dag.task('shell', say('echo ${HOME} ${nobody.knows}'));

export default dag;
export { again, output };
