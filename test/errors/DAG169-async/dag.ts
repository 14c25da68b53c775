import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('handler');
dag.task('late', lambda.python('test/packaging/functions/late.py', { handler: 'late' }));

export default dag;
