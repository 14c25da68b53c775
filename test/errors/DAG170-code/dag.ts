import { Dag, env, param } from 'dagwright';
import { batch, ecs, glue } from 'dagwright/tasks';

const dag = new Dag('code', {
  env: { role: env.role(), pull: env.role() },
  params: { day: param.string({ default: '' }) },
});
const { role, pull } = dag.env;
const file = 'test/errors/DAG170-code/clean.py';
const place = { handler: 'clean', cluster: 'c', taskDefinition: 't', container: 'app', role, passRoles: [pull] };
const queue = { handler: 'clean', queue: 'q', definition: 'd', role };
// What a container cannot be handed, and a network that is not there.
dag.task('a', ecs.run(file, { ...place, input: { day: dag.params.day, keys: 'k'.repeat(9000) } }));
dag.task('b', batch.job(file, { ...queue, environment: { KEYS: 'k'.repeat(9000) } }));
dag.task('c', ecs.run(file, { ...place, launchType: 'FARGATE' }));
// The other form's fields, and those of other places.
dag.task('d', glue.pythonShell({ handler: 'clean', role } as never));
dag.task('e', glue.pythonShell({ script: file, role, input: {} } as never));
dag.task('f', glue.pythonShell(file, { handler: 'clean', role, script: file, args: {}, modules: [] } as never));
dag.task('g', glue.pythonShell(file, { handler: 'clean', role, memory: 512, timeout: '5m', runtime: 'x' } as never));
dag.task('h', ecs.run(file, { ...place, containers: {}, command: ['x'], image: 'python:3.13' } as never));
dag.task('i', batch.job(file, { ...queue, arraySize: 3, parameters: {}, python_callable: 'clean' } as never));
// What is no Python file of the project, or no handler.
dag.task('j', glue.pythonShell('s3://jobs/clean.py', { handler: 'clean', role }));
dag.task('k', ecs.run((() => import('./dag.ts')) as never, { ...place }));
dag.task('l', batch.job('functions/clean.ts', queue));
dag.task('m', glue.pythonShell(file, { handler: 'clean.main', role }));
dag.task('n', glue.pythonShell(file, undefined as never));
// Values that there cannot be.
dag.task('o', glue.pythonShell(file, { handler: 'clean', role, input: [1] }));
dag.task('p', glue.pythonShell(file, { handler: 'clean', role, requirements: ['-r requirements.txt'] }));
dag.task('q', ecs.run(file, { ...place, role: 'clean', runtime: 'python2.7' as never, container: '' }));
dag.task('r', batch.job(file, { ...queue, permissions: [{ actions: 's3:*' } as never], output: 'json' as never }));

export default dag;
