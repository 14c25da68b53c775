import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** What AWS refuses when the machine is made, in a row, in a branch and in a task of several states. */
const dag = new Dag('parameters');
const call = (service: string, action: string, parameters: object) => aws({ service, action, parameters } as never);
const stack = dag.task('stack', call('cloudformation', 'createStack', { StackName: 's', TemplateURL: 'https://x' }));
dag.task('left', call('glue', 'getTable', { Name: 't', DatabaseName: 7 })).after(stack);
dag.task('right', call('athena', 'createWorkGroup', {})).after(stack);
dag.task('batch', call('sqs', 'sendMessageBatch', { QueueUrls: 'q', Entries: [] })).after(stack);
dag.task(
  'job',
  call('emrserverless', 'createApplication', { Type: 'SPARK', ReleaseLabel: 'emr-7.0.0', Clientoken: 'x' }),
);

export default dag;
