import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two chains and a report behind both, which reads what the second task of a chain reads, too: within the branch and behind it. */
const dag = new Dag('outputs-two-chains');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const extract = dag.task('extract', say('extract'));
const load = dag.task('load', say(`${extract.output.MessageId}`));
const other = dag.task('other', say('other'));
dag.task('report', say(`${extract.output.MessageId}`)).after(load, other);

export default dag;
