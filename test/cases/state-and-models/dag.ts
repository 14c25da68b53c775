import { Dag, env, param } from 'dagwright';
import { bedrock, dynamodb, http, stepFunctions } from 'dagwright/tasks';

/** Since the last day that a table remembers: orders are exported, checked by another machine, summed up by a model and handed in. */
const dag = new Dag('state_and_models', {
  schedule: '@daily',
  env: { lake: env.bucket(), state: env.string(), bank: env.string() },
  params: { limit: param.integer({ default: 10 }) },
});
const { lake, state, bank } = dag.env;

const last = dag.task(
  'last',
  dynamodb.get<{ day: string; rows: number; tags: string[] }>({ table: state, key: { id: 'last' }, consistent: true }),
  { executionTimeout: '1m' },
);
const override = dag.task(
  'override',
  dynamodb.get<{ on: boolean }>({ table: state, key: { id: 'override', day: dag.logicalDate }, optional: true }),
);
const orders = dag
  .task(
    'orders',
    dynamodb.exportTo({
      table: 'orders',
      to: `s3://${lake}/bronze/orders/`,
      incremental: { from: last.output.Item.day, to: dag.logicalDate },
    }),
    { executionTimeout: '2h' },
  )
  .after(override);
const check = dag.task(
  'check',
  stepFunctions.run<{ rows: number; file: string }>({
    machine: 'quality:live',
    input: { manifest: orders.output.ExportDescription.ExportManifest, limit: dag.params.limit },
  }),
);
const archive = dag
  .task('archive', stepFunctions.run({ machine: 'archive', input: { day: dag.logicalDate }, wait: false }))
  .after(check);
const sum = dag.task(
  'sum',
  bedrock.invoke<{ content: { text: string }[] }>({
    model: 'anthropic.claude-3-haiku-20240307-v1:0',
    body: { max_tokens: 200, messages: [{ role: 'user', content: `Sum up ${check.output.file}` }] },
  }),
);
const long = dag
  .task(
    'long',
    bedrock.invoke({
      model: 'us.anthropic.claude-3-5-sonnet-20241022-v2:0',
      input: `s3://${lake}/questions/${dag.logicalDate}.json`,
      output: `s3://${lake}/answers/${dag.logicalDate}.json`,
    }),
  )
  .after(check);
const hand = dag.task(
  'hand_in',
  http.call<{ id: string }>({
    connection: bank,
    url: 'https://api.example.com/v1/days',
    headers: { 'Content-Type': 'application/json' },
    query: { day: dag.logicalDate },
    body: { text: sum.output.Body.content[0]!.text, rows: check.output.rows },
  }),
  { retries: 2, retryDelay: '10s' },
);
dag
  .task(
    'remember',
    dynamodb.put({
      table: state,
      item: {
        id: 'last',
        day: dag.logicalDate,
        rows: dynamodb.number(check.output.rows),
        before: dynamodb.number(last.output.Item.rows),
        tries: 1,
        done: true,
        nothing: null,
        receipts: ['bank', { id: hand.output.ResponseBody.id }],
      },
      condition: 'attribute_not_exists(id) OR #day < :day',
      names: { '#day': 'day' },
      values: { ':day': dag.logicalDate },
    }),
    { skipOn: ['DynamoDB.ConditionalCheckFailedException'] },
  )
  .after(archive, long);

export default dag;
