import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** What the model says otherwise, and the integration may refuse. */
const dag = new Dag('hints');
const call = (service: string, action: string, parameters: object) => aws({ service, action, parameters } as never);
const item = dag.task('item', call('dynamodb', 'getItem', { TableName: 't', Key: { id: '1' } }));
const NetworkConfiguration = { awsvpcConfiguration: { subnets: ['s'] } };
dag
  .task(
    'container',
    aws({
      service: 'ecs',
      action: 'runTask',
      pattern: 'sync',
      parameters: { TaskDefinition: 't', NetworkConfiguration },
      passRoles: [],
    } as never),
    { retries: 1 },
  )
  .after(item);
dag
  .task('topic', call('sns', 'publish', { TopicARN: 'arn:aws:sns:us-east-1:111122223333:t', Message: 'm' }))
  .after(item);

dag
  .task(
    'alarm',
    call('cloudwatch', 'putMetricAlarm', { AlarmName: 'a', EvaluationPeriods: 1, ComparisonOperator: 'GREATER' }),
  )
  .after(item);
dag
  .task(
    'step',
    aws({
      service: 'emr',
      action: 'addStep',
      pattern: 'sync',
      parameters: { ClusterId: 'j', Step: { Name: 's', ActionOnFailur: 'CONTINUE', HadoopJarStep: { Jar: 'j' } } },
    } as never),
    { retries: 1 },
  )
  .after(item);
dag
  .task(
    'instances',
    call('emr', 'addInstanceGroups', {
      JobFlowId: 'j',
      InstanceGroups: [{ InstanceRole: 'core', InstanceType: 'm5.xlarge', InstanceCount: 1 }],
    }),
  )
  .after(item);

export default dag;
