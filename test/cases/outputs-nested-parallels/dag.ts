import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** An output that is read in its own branch, behind the inner join and behind the outer one: a variable for each of the three scopes. */
const dag = new Dag('outputs-nested-parallels');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const start = dag.task('start', say('start'));
const deep = dag.task('deep', say('deep')).after(start);
const near = dag.task('near', say(`${deep.output.MessageId}`));
const beside = dag.task('beside', say('beside')).after(start);
const inner = dag.task('inner', say(`${deep.output.MessageId}`)).after(near, beside);
const far = dag.task('far', say(`${start.output.MessageId}`));
dag.task('end', say(`${deep.output.MessageId} of ${start.output.MessageId}`)).after(inner, far);

export default dag;
