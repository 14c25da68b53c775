import { type AnyTask, Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('long');
const ping = aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 't', Message: 'm' } });
let last: AnyTask | undefined;
for (let i = 0; i < 5001; i++) {
  const task = dag.task(`t${i}`, ping);
  last = last ? task.after(last) : task;
}

export default dag;
