import { Dag, env } from 'dagwright';
import { aws, s3 } from 'dagwright/tasks';

/**
 * A licensed program on a machine of its own: EC2 starts it for the night’s work and stops it again, whatever came of the work. Airflow:
 * example_ec2, example_ssm, example_s3.
 */
const dag = new Dag('night_machine', {
  schedule: '0 23 * * 1-5',
  env: {
    lake: env.bucket({ description: 'The program reads inbox/, and writes solved/.' }),
    instance: env.string({ description: 'The id of the instance, which the agent of Systems Manager runs on' }),
  },
  defaultArgs: { executionTimeout: '10m' },
});
const { lake, instance } = dag.env;
const InstanceIds = [instance];

const start = dag.setup('start', aws({ service: 'ec2', action: 'startInstances', parameters: { InstanceIds } }), {
  retries: 3,
  retryDelay: '1m',
  retryExponentialBackoff: true,
  maxRetryDelay: '5m',
});
/** The command itself writes solved/<day>/done.json when it has ended. */
const solve = dag
  .task(
    'solve',
    aws({
      service: 'ssm',
      action: 'sendCommand',
      parameters: {
        InstanceIds,
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands: [`/opt/solver/run ${dag.logicalDate} s3://${lake}/`] },
        TimeoutSeconds: 3600,
      },
    }),
    // The agent takes a while to report.
    { retries: 5, retryDelay: '30s' },
  )
  .after(start);
const result = dag.task(
  'result',
  aws({
    service: 's3',
    action: 'headObject',
    parameters: { Bucket: lake, Key: `solved/${dag.logicalDate}/done.json` },
  }),
  { retries: 20, retryDelay: '3m' },
);
result.after(solve);
dag
  .task(
    'keep',
    s3.copy({ from: `s3://${lake}/solved/${dag.logicalDate}/done.json`, to: `s3://${lake}/solved/latest.json` }),
  )
  .after(result);

dag
  .teardown('stop', aws({ service: 'ec2', action: 'stopInstances', parameters: { InstanceIds } }), { setups: [start] })
  .after(result);

export default dag;
