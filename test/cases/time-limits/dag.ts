import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A limit for each try, and one for the whole run; a try that takes too long is a failure like any other. */
const dag = new Dag('time-limits', { dagrunTimeout: '2h', defaultArgs: { executionTimeout: '30m' } });
const job = (JobName: string) =>
  aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName } });
const fast = dag.task('fast', job('fast'));
const slow = dag.task('slow', job('slow'), { executionTimeout: '3h' });
dag
  .task(
    'report',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message: 'ended' },
    }),
    { triggerRule: 'all_done' },
  )
  .after(fast, slow);

export default dag;
