import { Dag, env } from 'dagwright';
import { glue } from 'dagwright/tasks';

const dag = new Dag('file', { env: { role: env.role() } });
dag.task('clean', glue.pythonShell('functions/clean.py', { handler: 'clean', role: dag.env.role }));

export default dag;
