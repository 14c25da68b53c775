import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('rules');
const first = dag.task('first', send);
const given = [
  'all_succes',
  'ALL_DONE',
  'TriggerRule.NONE_FAILED',
  'oneFailed',
  'dummy',
  'none_failed_or_skipped',
  'all_done_setup_success',
  '',
];
for (const [i, triggerRule] of given.entries())
  dag.task(`t${i}`, send, { triggerRule: triggerRule as never }).after(first);

export default dag;
