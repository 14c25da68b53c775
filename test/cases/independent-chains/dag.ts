import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two chains that have nothing to do with each other but the hour at which they run. */
const dag = new Dag('independent-chains', { schedule: '@hourly' });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const prices = dag.task('fetch_prices', run('fetch-prices'));
dag.task('store_prices', run('store-prices')).after(prices);
const weather = dag.task('fetch_weather', run('fetch-weather'));
dag.task('store_weather', run('store-weather')).after(weather);

export default dag;
