import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('actions');
dag.task('a', aws({ service: 'sqs', action: 'sendMesage' as never, parameters: {} as never }));
dag.task('b', aws({ service: 'lambda', action: 'Invoke' as never, parameters: {} as never }));
dag.task('c', aws({ service: 'emr', action: 'addSteps' as never, parameters: {} as never }));
dag.task('d', aws({ service: 'http', action: 'call' as never, parameters: {} as never }));

export default dag;
