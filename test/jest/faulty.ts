import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Lines that compilers take away stand before the fault. */
interface Call {
  readonly name: string;
}

/** Its tasks wait for each other. */
const dag = new Dag('faulty');
const invoke = ({ name }: Call) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: name } });
const a = dag.task('a', invoke({ name: 'f' }));
const b = dag.task('b', invoke({ name: 'g' })).after(a);
a.after(b);

export default dag;
