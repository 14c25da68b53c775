import { Dag } from 'dagwright';
import { aws, emr } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('lost');
say('lost');
const unused = emr.cluster({
  release: 'emr-7.13.0',
  primary: { type: 'm5.xlarge' },
  serviceRole: 'r',
  instanceProfile: 'r',
});
void unused;
// Placed, twice, as a copy, and within another.
const twice = say('twice');
dag.task('a', twice);
dag.task('b', twice);
dag.task('c', { ...say('copied') });
const inner = say('inner');
dag.task('d', { ...inner, lower: (context) => inner.lower(context) });

export default dag;
