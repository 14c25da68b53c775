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
const glue = (pattern: string) =>
  aws({ service: 'glue', action: 'startJobRun', pattern: pattern as never, parameters: { JobName: 'x' } });
dag.task('e', glue('waitForTaskToken'));
dag.task('f', glue('RUN_JOB'));
dag.task('g', glue('.sync'));
dag.task('h', glue('sync:2'));
dag.task('i', glue('REQUEST_RESPONSE'));
const crawler = (pattern: string) =>
  aws({ service: 'glue', action: 'startCrawler', pattern: pattern as never, parameters: { Name: 'x' } });
dag.task('j', crawler('RUN_JOB'));
dag.task(
  'k',
  aws({
    service: 'glue',
    action: 'startJobRun',
    pattern: 'RUN_JOB' as never,
    integration: 'sdk',
    parameters: { JobName: 'x' },
  }),
);

export default dag;
