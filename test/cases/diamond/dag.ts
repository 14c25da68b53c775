import { Dag, env } from 'dagwright';
import { athena } from 'dagwright/tasks';

/** Orders are cleaned once, counted two ways, and compared. */
const dag = new Dag('diamond', { schedule: '@daily', env: { lake: env.bucket() } });
const ask = (sql: string, name: string) =>
  athena.query({ sql, database: 'shop', results: `s3://${dag.env.lake}/answers/${name}/` });
const clean = dag.task('clean', ask('CREATE TABLE orders_clean AS SELECT DISTINCT * FROM orders', 'clean'));
const byDay = dag.task('by_day', ask('SELECT day, count(*) FROM orders_clean GROUP BY day', 'by_day')).after(clean);
const byShop = dag
  .task('by_shop', ask('SELECT shop, count(*) FROM orders_clean GROUP BY shop', 'by_shop'))
  .after(clean);
dag.task('compare', ask('SELECT count(*) FROM by_day JOIN by_shop ON true', 'compare')).after(byDay, byShop);

export default dag;
