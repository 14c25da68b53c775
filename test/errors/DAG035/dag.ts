import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('elsewhere', { params: { full: param.boolean({ default: true }) } });
const near = dag.task('near', send);
const far = dag.task('far', send).after(near);
const route = dag.branch('route', () => (dag.params.full ? near : far));
near.after(route);

export default dag;
