import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('params', {
  params: {
    mode: param.string({ enum: ['full', 'part'] } as never),
    count: param.integer({ min: 1 } as never),
  },
});
const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'a' } });
const tasks = ['a', 'b'].map((id) => dag.task(id, send));
// The same fault of one line is told once.
for (const task of tasks)
  dag.if(() => dag.params.count, { id: `if_${task.id}`, triggerRule: 'all_done' } as never).then(task);

export default dag;
