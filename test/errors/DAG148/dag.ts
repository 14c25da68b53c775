import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('roles', { env: { job: env.role() } });
const run = (id: string, ExecutionRoleArn: string) =>
  dag.task(
    id,
    aws({
      service: 'emrserverless',
      action: 'startJobRun',
      pattern: 'sync',
      parameters: { ApplicationId: '00f1r0kqvbfhs01d', ExecutionRoleArn, ClientToken: 'once', JobDriver: {} } as never,
    }),
  );
run('bare', 'spark');
run('with_path', 'service-role/spark');
run('whole', 'arn:aws:iam::111122223333:role/service-role/spark');
run('declared', dag.env.job);

export default dag;
