import { Dag, env } from 'dagwright';
import { batch, ecs } from 'dagwright/tasks';

const dag = new Dag('containers', { env: { role: env.role() } });
const { role } = dag.env;
const task = { cluster: 'c', taskDefinition: 'report', passRoles: [role] };
// Fields that do not go together.
dag.task('a', ecs.run({ ...task, launchType: 'FARGATE' }));
dag.task('b', ecs.run({ ...task, capacityProvider: 'FARGATE_SPOT' }));
dag.task('c', ecs.run({ ...task, launchType: 'EC2', capacityProvider: 'spot', subnets: ['subnet-1'] }));
dag.task('d', ecs.run({ ...task, assignPublicIp: true, securityGroups: ['sg-1'] }));
// Names of Airflow's, CDK's and the API's.
dag.task('e', ecs.run({ ...task, overrides: { containerOverrides: [] } } as never));
dag.task('f', ecs.run({ ...task, network_configuration: {}, awslogs_group: '/ecs/x', command: ['x'] } as never));
dag.task('g', ecs.run({ cluster: 'c', task_definition: 'report', passRoles: [] } as never));
dag.task('h', ecs.run({ cluster: 'c', taskDefinition: 'report' } as never));
// Values that there cannot be.
dag.task('i', ecs.run({ ...task, passRoles: ['report-role'] }));
dag.task('j', ecs.run({ ...task, launchType: 'fargate' as never }));
dag.task('k', ecs.run({ ...task, containers: { app: { command: 'report' as never, env: {} } as never } }));
dag.task('l', ecs.run({ ...task, containers: { app: { environment: { LEVEL: 3 as never } } } }));
dag.task('m', batch.job({ queue: 'q', definition: 'd', arraySize: 1 }));
dag.task('n', batch.job({ job_queue: 'q', job_definition: 'd', overrides: {} } as never));
dag.task('o', batch.job({ queue: 'q', definition: 'd', name: 'two words', vcpus: 0.1, attempts: 0 }));
dag.task('p', batch.job({ queue: 'q', definition: 'd', dependsOn: [{ jobId: 'x', type: 'ALL' as never }, ''] }));
dag.task('q', (batch as never as { submitJob(job: never): never }).submitJob({ queue: 'q' } as never));
dag.task('r', (ecs as never as { runTask(task: never): never }).runTask({ cluster: 'c' } as never));

export default dag;
