import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('handler');
dag.task('clean', lambda.python('test/packaging/functions/clean.py', { handler: 'clea' }));

export default dag;
