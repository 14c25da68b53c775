import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Four shops are read at the same time; one load waits for all of them. */
const dag = new Dag('fan-in', { schedule: '@daily', env: { lake: env.bucket() } });
const read = (shop: string) =>
  aws({
    service: 'lambda',
    action: 'invoke',
    parameters: { FunctionName: 'read-shop', Payload: { shop, to: `s3://${dag.env.lake}/raw/${shop}/` } },
  });
const shops = ['berlin', 'lyon', 'porto', 'turin'].map((shop) => dag.task(`read_${shop}`, read(shop)));
dag
  .task('load', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load-shops' } }))
  .after(...shops);

export default dag;
