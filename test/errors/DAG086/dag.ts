import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('from_airflow', {
  schedule_interval: '@daily',
  start_date: '2026-01-01',
  max_active_runs: 1,
  maxActiveTasks: 4,
  default_args: { retries: 2 },
  retries: 3,
  defaultArgs: { retry_delay: '1m', depends_on_past: false, owner: 'data' },
} as never);
dag.task('a', send('a'), { task_id: 'a', trigger_rule: 'all_done', op_kwargs: { day: 'x' }, pool: 'etl' } as never);
dag.teardown('b', send('b'), { on_failure_fail_dagrun: true } as never);

export default dag;
