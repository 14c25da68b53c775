import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** What all tasks have in common stands once; a task says where it differs. */
const dag = new Dag('default-args', {
  defaultArgs: {
    retries: 2,
    retryDelay: '1m',
    retryExponentialBackoff: true,
    executionTimeout: '15m',
    triggerRule: 'none_failed',
  },
});
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const first = dag.task('first', run('first'), { triggerRule: 'all_success', skipOn: ['Nothing'] });
const second = dag.task('second', run('second'), { retries: 0, executionTimeout: '1h' }).after(first);
dag.task('third', run('third'), { triggerRule: 'all_success', retryDelay: '10s' }).after(first, second);

export default dag;
