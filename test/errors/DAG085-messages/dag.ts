import { Dag } from 'dagwright';
import { events, ses, sns, sqs } from 'dagwright/tasks';

// What Airflow's operators and AWS's calls name the fields, what is misspelt, and functions that are called otherwise.
const dag = new Dag('other_messages');
const given = (fields: object) => fields as never;
dag.task('sns', sns.publish(given({ target_arn: 'alerts', message: 'x', message_attributes: {} })));
dag.task('sqs', sqs.send(given({ sqs_queue: 'https://q/q', message_content: 'x', delay_seconds: 5 })));
dag.task('mail', ses.send(given({ mail_from: 'a@b.ch', to: 'c@d.ch', subject: 's', html_content: 'x', files: [] })));
dag.task('event', events.put(given({ event_bus_name: 'b', Source: 'data', detail_type: 'd' })));
dag.task('near', sns.publish(given({ topc: 'alerts', mesage: 'x' })));
dag.task('retries', sqs.send(given({ queue: 'https://q/q', body: 'x', retries: 2 })));
const other = (service: object, name: string) => (service as { [name: string]: (fields: never) => never })[name]!;
dag.task('a', other(sns, 'notify')(given({})));
dag.task('b', other(sqs, 'sendMessage')(given({})));
dag.task('c', other(ses, 'sendEmail')(given({})));
dag.task('d', other(events, 'putEvents')(given({})));

export default dag;
