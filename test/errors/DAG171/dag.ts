import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('included');
const file = 'test/packaging/functions/clean.py';
dag.task('near', lambda.python(file, { handler: 'clean', include: ['test/packaging/functions/helper.py'] }));
dag.task('none', lambda.python(file, { handler: 'clean', include: ['nowhere/at/all'] }));

export default dag;
