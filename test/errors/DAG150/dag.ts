import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('containers', { env: { task: env.role() } });
const run = (id: string, passRoles?: readonly string[]) =>
  dag.task(
    id,
    aws({
      service: 'ecs',
      action: 'runTask',
      pattern: 'sync',
      parameters: { Cluster: 'c', TaskDefinition: 'web' },
      ...(passRoles && { passRoles }),
    }),
  );
run('silent');
run('named', [dag.env.task, 'arn:aws:iam::111122223333:role/execution']);
run('none', []);

export default dag;
