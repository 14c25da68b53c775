import { Dag, env, param } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** A day is made again where late rows came; started by hand, with the day, and with a dry run that changes nothing. */
const dag = new Dag('pipeline-late-data', {
  env: { lake: env.bucket() },
  params: { day: param.string({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), dryRun: param.boolean({ default: true }) },
});
const { day } = dag.params;
const ask = (sql: string) =>
  athena.query({ sql, parameters: [day], database: 'web', results: `s3://${dag.env.lake}/answers/${day}/` });
const count = dag.task('count_late', ask('SELECT count(*) FROM late WHERE day = ?'));
const forReal = dag.shortCircuit('for_real', () => !dag.params.dryRun).after(count);
const remove = dag.task('remove', ask('DELETE FROM visits WHERE day = ?')).after(forReal);
const fill = dag.task('fill', ask('INSERT INTO visits SELECT * FROM all_visits WHERE day = ?')).after(remove);
dag
  .task(
    'notify',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message: `made again: ${day}` },
    }),
  )
  .after(fill);

export default dag;
