import { Dag, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Items of lists, in texts, whole and in expressions; keys of digits where a shape says that they are keys. */
const dag = new Dag('items', {
  params: {
    table: param.json<string[][]>(),
    years: param.json<{ [year: string]: string }>({ default: { '2025': 'old', '2026': 'new' } }),
  },
});
const { table, years } = dag.params;
const stack = dag.task(
  'stack',
  aws({ service: 'cloudformation', action: 'describeStacks', parameters: { StackName: 's' } }),
);
const row = dag.task(
  'row',
  aws({ service: 'dynamodb', action: 'getItem', parameters: { TableName: 't', Key: { id: { S: '1' } } } }),
);
const stacks = stack.output.Stacks as { StackStatus: string; Outputs: { OutputValue: string }[] }[];
const item = row.output.Item as { [name: string]: { S: string; L: { S: string }[] } };
const say = (Message: string) =>
  aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message } });
dag.task('text', say(`is ${stacks[0]!.StackStatus}`));
dag.task('whole', say(stacks[0]!.Outputs[1]!.OutputValue));
dag.task('expr', say(expr(() => stacks[0]!.Outputs[1]!.OutputValue)));
dag.task('cell', say(`${table[0]![1]} of ${expr(() => table[0]![1]!)}`));
dag.task('key', say(`${item['2026']!.S} ${item['2026']!.L[0]!.S} ${years['2026']}`));

export default dag;
