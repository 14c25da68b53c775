import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('operators');
const [a, b, c] = ['a', 'b', 'c'].map((id) => dag.task(id, say(id))) as unknown as [number, number, number];
const lists = [[a, b], c] as unknown as [number, number];
a >> b;
a << b;
(a >> b) >> c;
lists[0] >> c;
a >> lists[0];
void (a + b);
void (a < b);

export default dag;
