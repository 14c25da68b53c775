import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A partner’s interface that is often away: the delay doubles, but never beyond ten minutes. */
const dag = new Dag('retries-with-backoff', { schedule: '@hourly' });
const fetch = dag.task(
  'fetch',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'fetch-partner' } }),
  {
    retries: 4,
    retryDelay: '3m',
    retryExponentialBackoff: true,
    maxRetryDelay: '10m',
    retryJitter: true,
    executionTimeout: '5m',
  },
);
dag.task('store', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'store' } })).after(fetch);

export default dag;
