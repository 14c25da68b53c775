import { Dag, verbatim } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('no_value');
const settings: { readonly [name: string]: unknown } = { table: { name: 'sales' } };

dag.task('missing', say(`s3://lake/${settings.day}/`));
dag.task('object', say(`SELECT * FROM ${settings.table}`));
dag.task('number', say(`At most ${Number(settings.limit)}`));
dag.task('meant', say(verbatim(`undefined, ${Number.NaN} and ${settings.table}`)));

export default dag;
