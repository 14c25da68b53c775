import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Rates {
  readonly output: { readonly ResponseBody: { readonly date: string; readonly usd: number } };
}

/** Exchange rates of a public interface, over a connection that holds the key, kept as a row. */
const dag = new Dag('pipeline-secret-and-http', { schedule: '0 18 * * 1-5', env: { connection: env.string() } });
const rates = dag.task(
  'rates',
  aws({
    service: 'http',
    action: 'invoke',
    parameters: {
      ApiEndpoint: 'https://rates.example.com/latest',
      Method: 'GET',
      Authentication: { ConnectionArn: dag.env.connection },
    },
  }),
  { retries: 3, retryDelay: '1m' },
) as unknown as Rates;
const { date, usd } = rates.output.ResponseBody;
dag.task(
  'keep',
  aws({
    service: 'dynamodb',
    action: 'putItem',
    parameters: { TableName: 'rates', Item: { day: { S: date }, usd: { N: `${usd}` } } },
  }),
);

export default dag;
