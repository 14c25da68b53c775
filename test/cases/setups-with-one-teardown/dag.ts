import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A user and a schema are made side by side and taken away together; the teardown runs as soon as one of them was made. */
const dag = new Dag('setups-with-one-teardown');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const user = dag.setup('user', run('make-user'));
const schema = dag.setup('schema', run('make-schema'));
const test = dag.task('test', run('test')).after(user, schema);
dag.teardown('clean_up', run('clean-up'), { setups: [user, schema] }).after(test);

export default dag;
