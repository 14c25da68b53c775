import { Dag, env } from 'dagwright';
import { ecs } from 'dagwright/tasks';

const dag = new Dag('one_level_too_deep', { env: { task: env.role(), subnet: env.string() } });
dag.task(
  'fetch',
  ecs.run({
    cluster: 'jobs',
    taskDefinition: 'fetch',
    containers: { app: { command: ['fetch'], launchType: 'FARGATE', comand: 'x' } as never },
    passRoles: [dag.env.task],
  }),
);

export default dag;
