import { Dag, env, param } from 'dagwright';
import { athena, events, ses, sns, sqs } from 'dagwright/tasks';

/** The day's rows are counted, and everybody hears of it in their own way: a queue, a bus, a mail; a topic where something failed. */
const dag = new Dag('messages', {
  schedule: '@daily',
  env: { lake: env.bucket(), queue: env.string(), alerts: env.string() },
  params: { limit: param.integer({ default: 10 }) },
});
const { lake, queue, alerts } = dag.env;

const count = dag.task(
  'count',
  athena.query({ sql: 'SELECT count(*) FROM sales', database: 'sales', results: `s3://${lake}/answers/` }),
);
const { QueryExecutionId } = count.output.QueryExecution;

const ask = dag
  .task(
    'ask',
    sqs.send({
      queue,
      body: { day: dag.logicalDate, query: QueryExecutionId, limit: dag.params.limit },
      delay: '90s',
      attributes: { kind: 'daily', version: 2, query: QueryExecutionId },
    }),
    { retries: 2, retryDelay: '30s' },
  )
  .after(count);
const order = dag
  .task(
    'order',
    sqs.send({
      queue: 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders.fifo',
      body: `count of ${dag.logicalDate}`,
      groupId: 'sales',
      deduplicationId: QueryExecutionId,
    }),
  )
  .after(count);
const tell = dag
  .task(
    'tell',
    events.put({
      bus: 'data',
      entries: [
        { source: 'data.sales', detailType: 'Day is there', detail: { day: dag.logicalDate } },
        { source: 'data.sales', detailType: 'Query', detail: { id: QueryExecutionId }, resources: [`s3://${lake}/`] },
      ],
    }),
  )
  .after(count);
const mail = dag
  .task(
    'mail',
    ses.send({
      from: 'Sales <sales@example.com>',
      to: 'data@example.com',
      cc: ['anna@example.com', 'Bo <bo@example.com>'],
      subject: `Sales of ${dag.logicalDate}`,
      text: 'They are there.',
      html: '<p>They are there.</p>',
    }),
  )
  .after(ask);
const letter = dag
  .task(
    'letter',
    ses.send({
      from: 'letters@example.com',
      to: 'data@example.com',
      template: 'sales',
      data: { day: dag.logicalDate, query: QueryExecutionId },
      configurationSet: 'tracked',
    }),
  )
  .after(mail);
dag
  .task(
    'alarm',
    sns.publish({
      topic: alerts,
      subject: 'Sales are missing',
      message: { day: dag.logicalDate, limit: dag.params.limit },
      attributes: { severity: 'high', teams: ['data', 'sales'], limit: dag.params.limit as never },
    }),
    { triggerRule: 'one_failed' },
  )
  .after(tell, letter);
dag.task('publish', sns.publish({ topic: 'sales.fifo', message: 'done', groupId: 'sales' })).after(tell, letter, order);

export default dag;
