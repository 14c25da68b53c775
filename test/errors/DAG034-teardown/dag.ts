import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const create = (StackName: string) =>
  aws({ service: 'cloudformation', action: 'createStack', parameters: { StackName } });
const remove = (StackName: string) =>
  aws({ service: 'cloudformation', action: 'deleteStack', parameters: { StackName } });
const dag = new Dag('teardown');
const [a, b, c] = ['a', 'b', 'c'].map((id) => dag.setup(id, create(id))) as [
  ReturnType<typeof made>,
  ReturnType<typeof made>,
  ReturnType<typeof made>,
];
const work = dag.task('work', aws({ service: 'sqs', action: 'purgeQueue', parameters: { QueueUrl: 'https://q' } }));
work.after(a, b, c);
// It runs only if its one setup succeeded.
dag.teardown('one', remove(a.output.StackId as string), { setups: [a] }).after(work);
// It runs if one of the two did, and nobody knows which.
dag.teardown('two', remove(`${b.output.StackId}`), { setups: [b, c] }).after(work);

function made() {
  return dag.setup('', create(''));
}

export default dag;
