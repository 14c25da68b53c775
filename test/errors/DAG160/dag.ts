import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('empty_groups');
const checks = dag.taskGroup('checks');
const inner = dag.taskGroup('outer').taskGroup('inner');
const used = dag.taskGroup('used');
used.taskGroup('unused');
used.task('a', say('a'));
dag.task('rows', say('rows'));

export { checks, inner };
export default dag;
