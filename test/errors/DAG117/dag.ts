import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('patterns');
dag.task('a', aws({ service: 'glue', action: 'startJobRun', pattern: 'wait' as never, parameters: { JobName: 'x' } }));
dag.task('b', aws({ service: 'glue', action: 'startCrawler', pattern: 'sync' as never, parameters: { Name: 'x' } }));
dag.task('c', aws({ service: 'emr', action: 'addStep', pattern: 'callback' as never, parameters: {} as never }));
dag.task(
  'd',
  aws({
    service: 'glue',
    action: 'startJobRun',
    pattern: 'sync',
    integration: 'sdk',
    parameters: { JobName: 'x' },
  }),
);

export default dag;
