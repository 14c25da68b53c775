import { Dag } from 'dagwright';
import { events, ses, sns, sqs } from 'dagwright/tasks';

const dag = new Dag('messages');
const queue = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';
// What SNS, SQS, SES and EventBridge would refuse when a run comes to it.
dag.task('a', sns.publish({ topic: 'alerts', message: 'x', subject: 'x'.repeat(101) }));
dag.task('b', sns.publish({ topic: 'arn:aws:sqs:eu-west-1:111122223333:alerts', message: 'x' }));
dag.task('c', sns.publish({ topic: 'alerts', message: '' }));
dag.task('d', sns.publish({ topic: 'alerts', message: 3 }));
dag.task('e', sns.publish({ topic: 'alerts', message: 'x', attributes: { on: true as never } }));
dag.task('f', sqs.send({ queue: 'orders', body: 'x' }));
dag.task('g', sqs.send({ queue: 'arn:aws:sqs:eu-west-1:111122223333:orders', body: 'x' }));
dag.task('h', sqs.send({ queue, body: 'x', delay: '16m' }));
dag.task('i', sqs.send({ queue, body: 'x', attributes: { kinds: ['a'] as never } }));
dag.task('j', ses.send({ from: 'reports', to: 'c@d.ch', subject: 's', text: 't' }));
dag.task('k', ses.send({ from: 'a@b.ch', to: [], subject: 's', text: 't' }));
dag.task('l', ses.send({ from: 'a@b.ch', to: 'c@d.ch, e@f.ch', subject: 's', text: 't' }));
dag.task('m', events.put({ source: 'aws.s3', detailType: 'd' }));
dag.task('n', events.put({ entries: [] }));
dag.task('o', events.put({ entries: Array.from({ length: 11 }, () => ({ source: 'data', detailType: 'd' })) }));
dag.task('p', events.put({ source: 'data', detailType: 'd', detail: 'day' }));

export default dag;
