import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Mistakes that several phases find, all told at one compile; of "late" nothing, whose rule is in doubt. */
const dag = new Dag('several');
const call = (service: string, action: string, parameters: object) => aws({ service, action, parameters } as never);
const send = (MessageBody: string) => call('sqs', 'sendMessage', { QueueUrl: 'https://q', MessageBody });
const first = dag.task('first', send('{{ ds }}'));
const id = first.output.MessageId as string;
dag.task('raw', send(`after ${id}`), { triggerRule: 'all_done' });
const doubtful = dag.task('doubtful', send(`after ${id}`), { triggerRule: 'all_don' as never });
dag.task('late', send(`after ${id}`), { triggerRule: 'none_failed' }).after(doubtful);
dag.task('table', call('glue', 'getTable', { Nam: 't', DatabaseName: 7 }));
dag.task('told', call('glue', 'getTable', { Name: undefined, DatabaseName: '{{ params.database }}' }));

export default dag;
