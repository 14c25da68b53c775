import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** One machine after the other: the first is waited for, the second only started. */
const dag = new Dag('pipeline-calls-another-machine', { env: { ingest: env.string(), publish: env.string() } });
const ingest = dag.task(
  'ingest',
  aws({
    service: 'sfn',
    action: 'startExecution',
    pattern: 'sync',
    parameters: { StateMachineArn: dag.env.ingest, Input: { logical_date: dag.logicalDate } },
  }),
);
dag
  .task(
    'publish',
    aws({ service: 'sfn', action: 'startExecution', parameters: { StateMachineArn: dag.env.publish, Input: {} } }),
  )
  .after(ingest);

export default dag;
