import { Dag, env } from 'dagwright';
import { batch, ecs, glue } from 'dagwright/tasks';

const dag = new Dag('jobs', { env: { role: env.role() } });
const { role } = dag.env;
const folder = 'test/packaging/functions';
dag.task('clean', glue.pythonShell(`${folder}/clean.py`, { handler: 'clea', role }));
dag.task('late', batch.job(`${folder}/late.py`, { handler: 'late', queue: 'q', definition: 'd', role }));
const place = { cluster: 'c', taskDefinition: 't', container: 'app', role, passRoles: [] };
dag.task('none', ecs.run(`${folder}/helpers.py`, { handler: 'clean', ...place }));

export default dag;
