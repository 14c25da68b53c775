import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const cut = 'smile 😀'.slice(0, 7);
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('characters', { description: cut, params: { note: param.string({ default: 'a\uFFFEb' }) } });
dag.task('a', send('a'), { docMd: 'x\uFDD2' });
dag.task('b', send(cut));

export default dag;
