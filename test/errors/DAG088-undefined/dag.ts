import { Dag } from 'dagwright';
import { athena, aws, emr } from 'dagwright/tasks';

const dag = new Dag('undefined');
let cluster: string | undefined;
const spark = dag.task('spark', emr.spark({ cluster: cluster as never, script: 's3://b/x.py' }));
dag.task('query', athena.query({ sql: 'SELECT 1', database: process.env.NO_DATABASE as never, results: 's3://b/r/' }));
const sent = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: process.env.NO_QUEUE as never, MessageBody: 'x' },
});
dag.task('send', sent).after(spark, process.env.NO_TASK as never);

export default dag;
