import { Dag } from 'dagwright';
import { athena } from 'dagwright/tasks';

const dag = new Dag('huge');
dag.task(
  'list_everything',
  athena.query({ sql: `SELECT '${'x'.repeat(300_000)}'`, database: 'd', results: 's3://answers/' }),
);

export default dag;
