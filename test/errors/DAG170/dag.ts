import { Dag, env } from 'dagwright';
import { events, ses, sns, sqs } from 'dagwright/tasks';

const dag = new Dag('together', { env: { bus: env.string() } });
const orders = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';
// FIFO topics and queues have groups, others no ids against doubles, and a delay is the FIFO queue's own.
dag.task('a', sns.publish({ topic: 'orders.fifo', message: 'x' }));
dag.task('b', sns.publish({ topic: `arn:aws:sns:eu-west-1:111122223333:${dag.env.bus}.fifo`, message: 'x' }));
dag.task('c', sns.publish({ topic: 'orders', message: 'x', groupId: 'g', deduplicationId: 'd' }));
dag.task('d', sqs.send({ queue: `${orders}.fifo`, body: 'x', delay: '1m' }));
dag.task('e', sqs.send({ queue: orders, body: 'x', deduplicationId: 'd' }));
const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, i]));
dag.task('f', sqs.send({ queue: orders, body: 'x', attributes: many }));
// A group on a standard queue is a tenant: SQS takes it.
dag.task('fair', sqs.send({ queue: orders, body: 'x', groupId: 'tenant' }));
// A mail has a recipient, a subject and a body, or a template that has them.
dag.task('g', ses.send({ from: 'a@b.ch', subject: 's', text: 't' }));
dag.task('h', ses.send({ from: 'a@b.ch', to: 'c@d.ch', template: 't', subject: 's', html: 'h' }));
dag.task('i', ses.send({ from: 'a@b.ch', to: 'c@d.ch', data: { a: 1 } }));
dag.task('j', ses.send({ from: 'a@b.ch', to: Array.from({ length: 51 }, (_, i) => `c${i}@d.ch`), template: 't' }));
// One event, or several.
dag.task('k', events.put({ source: 'data' }));
dag.task('l', events.put({ bus: 'b', source: 'data', entries: [{ source: 'data', detailType: 'd' }] }));

export default dag;
