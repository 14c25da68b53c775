import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A list of tasks is chosen: two channels, one or none. */
const dag = new Dag('branch-to-several', { params: { to: param.enum(['all', 'mail', 'nobody'], { default: 'all' }) } });
const say = (channel: string) =>
  aws({
    service: 'sns',
    action: 'publish',
    parameters: { TopicArn: `arn:aws:sns:us-east-1:111122223333:${channel}`, Message: 'done' },
  });
const mail = dag.task('mail', say('mail'));
const chat = dag.task('chat', say('chat'));
dag
  .branch('channels', () => (dag.params.to === 'all' ? [mail, chat] : dag.params.to === 'mail' ? mail : []))
  .before(mail, chat);
dag
  .task('archive', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'archive' } }), {
    triggerRule: 'none_failed',
  })
  .after(mail, chat);

export default dag;
