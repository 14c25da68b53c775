import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('named');
const file = 'test/packaging/functions/reads.py';
dag.task('without', lambda.python(file, { handler: 'reads' }));
dag.task('included', lambda.python(file, { handler: 'reads', include: ['test/packaging/functions/limits.json'] }));

export default dag;
