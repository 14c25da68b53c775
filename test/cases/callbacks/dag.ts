import { Dag, taskToken } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two people are asked at a time; whoever declines may give no reason, and the run fails all the same with an error that has a name. */
const dag = new Dag('callbacks');
const ask = (who: string) =>
  aws({
    service: 'sqs',
    action: 'sendMessage',
    pattern: 'callback',
    parameters: { QueueUrl: 'https://q', MessageBody: { who, token: taskToken } },
  });
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const owner = dag.task('owner', ask('owner'), { executionTimeout: '1d', heartbeat: '1h' });
const lawyer = dag.task('lawyer', ask('lawyer'), { executionTimeout: '1d' });
dag.task('publish', say('publish')).after(owner, lawyer);
dag.task('declined', say('declined'), { triggerRule: 'one_failed' }).after(owner, lawyer);

export default dag;
