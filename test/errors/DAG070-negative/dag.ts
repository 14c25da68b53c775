import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('position');
const stack = dag.task('stack', aws({ service: 'cloudformation', action: 'describeStacks', parameters: {} }));
const stacks = stack.output.Stacks as { StackName: string }[];
dag.task(
  'remove',
  aws({ service: 'cloudformation', action: 'deleteStack', parameters: { StackName: `${stacks[-1]!.StackName}` } }),
);

export default dag;
