import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Estimates decide where the plan waits: the slow export is not waited for by what does not need it. */
const dag = new Dag('barrier-by-estimates', { schedule: '@daily' });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const small = dag.task('export_small', run('export-small'), { estimate: '2m' });
const large = dag.task('export_large', run('export-large'), { estimate: ['40m', '80m'] });
const copy = dag.task('copy', run('copy'), { estimate: '3m' }).after(small);
const index = dag.task('index', run('index'), { estimate: '30m' }).after(small);
dag.task('merge', run('merge'), { estimate: '5m' }).after(copy, large);
dag.task('publish_index', run('publish-index'), { estimate: '10m' }).after(index);

export default dag;
