import { Dag, env } from 'dagwright';
import { athena, redshift } from 'dagwright/tasks';

/** Orders that were not shipped are counted in the lake; where there are many, the warehouse says which customers wait. */
const dag = new Dag('rows_of_queries', { env: { lake: env.bucket() }, defaultArgs: { executionTimeout: '10m' } });
const { lake } = dag.env;

const late = dag.task(
  'late',
  athena.query({
    sql: 'SELECT country, count(*) AS late, avg(days) AS days, bool_or(urgent) AS urgent FROM orders GROUP BY country',
    database: 'sales',
    results: `s3://${lake}/answers/late/`,
    reuse: '1h',
    rows: true,
    columns: { country: 'string', late: 'integer', days: 'number', urgent: 'boolean' },
    limit: 600,
  }),
);
const worst = redshift.sql({
  workgroup: 'analytics',
  database: 'dw',
  sql: 'SELECT customer, sum(amount) AS open, vip FROM late_orders WHERE country = :country GROUP BY customer, vip',
  parameters: { country: late.output.Rows[0]!.country },
  rows: true,
  columns: { customer: 'string', open: 'number', vip: 'boolean' },
});
const customers = dag.task('customers', worst);
const report = dag.task(
  'report',
  athena.query({
    sql: 'SELECT ?',
    parameters: [`'${late.output.Rows[0]!.country} ${customers.output.Rows[0]!.open}'`],
    database: 'sales',
    results: `s3://${lake}/answers/report/`,
  }),
);
dag.if(() => late.output.Rows.length > 0 && late.output.Rows[0]!.late > 10, { id: 'many' }).then(customers);
report.after(customers);

export default dag;
