import { Dag, expr } from 'dagwright';
import { aws, lambda } from 'dagwright/tasks';

/** Functions that exist: one’s answer is read behind a join and in a condition, and one’s error skips its task. */
const dag = new Dag('lambda-invoke', { params: {} });
const count = dag.task(
  'count',
  lambda.invoke<{ rows: number; files: { key: string }[] }>({
    function: 'count:live',
    payload: { day: dag.logicalDate },
  }),
  { retries: 1, retryDelay: '10s' },
);
const load = dag.task('load', lambda.invoke({ function: 'load', payload: { key: count.output.files[0]!.key } }), {
  skipOn: ['NothingToDo'],
});
const check = dag.task(
  'check',
  lambda.invoke({
    function: 'check',
    payload: expr(() => ({ rows: count.output.rows, isLarge: count.output.rows > 5 })),
  }),
);
dag.if(() => count.output.rows > 0).then(load);
const tell = aws({
  service: 'sns',
  action: 'publish',
  parameters: { TopicArn: 'arn:aws:sns:us-east-1:123456789012:loads', Message: `rows: ${count.output.rows}` },
});
dag.task('tell', tell, { triggerRule: 'none_failed' }).after(load, check);

export default dag;
