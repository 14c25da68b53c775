import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A complete picture wants every source to have been due, though one may have failed. */
const dag = new Dag('rule-none-skipped');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const sources = ['north', 'south'].map((source) => dag.task(source, run(source), { skipOn: ['NotDue'] }));
dag.task('picture', run('picture'), { triggerRule: 'none_skipped' }).after(...sources);

export default dag;
