import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The landing zone is emptied when both loads have ended, however they ended; the failure must still turn the run red. */
const dag = new Dag('rule-all-done', { schedule: '@daily', env: { landing: env.bucket() } });
const load = (table: string) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load', Payload: { table } } });
const loads = ['orders', 'returns'].map((table) => dag.task(`load_${table}`, load(table)));
dag
  .task(
    'empty_landing',
    aws({
      service: 'lambda',
      action: 'invoke',
      parameters: { FunctionName: 'empty', Payload: { bucket: dag.env.landing } },
    }),
    { triggerRule: 'all_done' },
  )
  .after(...loads);
dag
  .task(
    'announce',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:loads', Message: 'loaded' },
    }),
  )
  .after(...loads);

export default dag;
