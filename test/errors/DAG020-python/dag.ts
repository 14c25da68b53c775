import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('file');
dag.task('clean', lambda.python('functions/clean.py', { handler: 'clean' }));

export default dag;
