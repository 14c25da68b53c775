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

/** An instance without a profile acts as nobody. */
const instance = (id: string, profile: object, passRoles?: readonly string[]) =>
  dag.task(
    id,
    aws({
      service: 'ec2',
      action: 'runInstances',
      parameters: { ImageId: 'ami-1', MinCount: 1, MaxCount: 1, ...profile },
      ...(passRoles && { passRoles }),
    }),
  );
instance('bare', {});
instance('profiled', { IamInstanceProfile: { Name: dag.env.task } });
instance('profiled_and_named', { IamInstanceProfile: { Name: dag.env.task } }, [dag.env.task]);

export default dag;
