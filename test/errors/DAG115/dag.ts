import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('services');
dag.task(
  'a',
  aws({ service: 'lamda' as never, action: 'invoke' as never, parameters: { FunctionName: 'f' } as never }),
);
// Known by the names of other tools and of the optimized integrations.
dag.task('b', aws({ service: 'states' as never, action: 'startExecution' as never, parameters: {} as never }));
dag.task('c', aws({ service: 'EventBridge' as never, action: 'putEvents' as never, parameters: {} as never }));
dag.task('d', aws({ service: 'emr-serverless' as never, action: 'startJobRun' as never, parameters: {} as never }));
dag.task('e', aws({ service: 'logs' as never, action: 'putLogEvents' as never, parameters: {} as never }));

export default dag;
