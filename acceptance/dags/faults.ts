import { Dag, env } from 'dagwright';
import { athena, glue } from 'dagwright/tasks';

/** What goes wrong: a query of a table that is not there, and a script that raises. */
const dag = new Dag('faults', {
  env: { lake: env.bucket(), database: env.string(), reportRole: env.role() },
  defaultArgs: { executionTimeout: '20m' },
});
const { lake, database, reportRole } = dag.env;

dag.task('query', athena.query({ sql: 'SELECT * FROM missing', database, results: `s3://${lake}/answers/` }));
dag.task('report', glue.pythonShell({ script: 'scripts/raise.py', role: reportRole, args: { lake } }));

export default dag;
