import { Dag, env } from 'dagwright';
import { dynamodb, ses, sqs, stepFunctions } from 'dagwright/tasks';

/** The orders of a table since the last export, checked by a machine of another team; the day is remembered, and somebody gets a mail. */
const dag = new Dag('orders', {
  schedule: '@daily',
  env: {
    lake: env.bucket(),
    state: env.string({ description: 'The table that remembers the last day, with the key "id"' }),
    queue: env.string({ description: 'The URL of the queue of those who load the orders' }),
    mailFrom: env.string({ description: 'An address that SES may send from' }),
    mailTo: env.string(),
  },
});
const { lake, state, queue, mailFrom: from, mailTo: to } = dag.env;

const last = dag.task('last', dynamodb.get<{ day: string }>({ table: state, key: { id: 'orders' } }), { retries: 2 });
const changed = { from: last.output.Item.day, to: dag.logicalDate };
const exported = dag.task(
  'export',
  dynamodb.exportTo({ table: 'orders', to: `s3://${lake}/bronze/orders/`, incremental: changed }),
  { executionTimeout: '3h' },
);
const { ExportManifest: manifest } = exported.output.ExportDescription;
const check = dag.task(
  'check',
  stepFunctions.run<{ rows: number }>({ machine: 'orders-quality', input: { manifest } }),
  { executionTimeout: '1h' },
);
const rows = check.output.rows;
const remember = dag.task(
  'remember',
  dynamodb.put({ table: state, item: { id: 'orders', day: dag.logicalDate, rows: dynamodb.number(rows) } }),
);
const load = dag.task('load', sqs.send({ queue, body: { manifest, rows } }), { retries: 2 }).after(remember);
const subject = `Orders until ${dag.logicalDate}`;
dag.task('mail', ses.send({ from, to, subject, text: `${rows} rows are in ${manifest}.` })).after(load);

export default dag;
