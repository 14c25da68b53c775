import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A session is given back and its log is archived: two teardowns of one setup. */
const dag = new Dag('setup-with-two-teardowns');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const session = dag.setup('session', run('open-session'));
const work = dag.task('work', run('work')).after(session);
dag.teardown('close', run('close-session'), { setups: session }).after(work);
dag.teardown('archive_log', run('archive-log'), { setups: session, onFailureFailDagrun: true }).after(work);

export default dag;
