import { Dag, env, expr, maybe } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Loaded {
  readonly output: { readonly Payload: { readonly rows: number } };
}

/** Somebody is woken at the first failure, and told what was loaded all the same. */
const dag = new Dag('rule-one-failed', { schedule: '@daily', env: { onCall: env.string() } });
const load = (table: string) =>
  dag.task(
    `load_${table}`,
    aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load', Payload: { table } } }),
    { retries: 1, retryDelay: '1m' },
  ) as unknown as Loaded & ReturnType<typeof dag.task>;
const orders = load('orders');
const clients = load('clients');
dag
  .task(
    'wake',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: {
        TopicArn: dag.env.onCall,
        Message: expr(
          () =>
            `orders: ${maybe(orders.output.Payload.rows) ?? 'failed'}, clients: ${maybe(clients.output.Payload.rows) ?? 'failed'}`,
        ),
      },
    }),
    { triggerRule: 'one_failed' },
  )
  .after(orders, clients);
dag
  .task('refresh', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'refresh' } }))
  .after(orders, clients);

export default dag;
