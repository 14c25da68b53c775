import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('forms');
dag.task(
  'a',
  aws({ service: 'glue', action: 'startJobRuns' as never, integration: 'optimized' as never, parameters: {} as never }),
);
dag.task(
  'b',
  aws({ service: 'sqs', action: 'sendMessageBatch', integration: 'optimized' as never, parameters: {} as never }),
);
dag.task(
  'c',
  aws({ service: 's3', action: 'listObjectsV2', integration: 'optimized' as never, parameters: { Bucket: 'b' } }),
);
dag.task('d', aws({ service: 'http', action: 'invoke', integration: 'sdk' as never, parameters: {} as never }));
dag.task(
  'e',
  aws({ service: 'sns', action: 'publish', integration: 'optimised' as never, parameters: { Message: 'm' } }),
);
const sns = (integration: string) =>
  aws({ service: 'sns', action: 'publish', integration: integration as never, parameters: { Message: 'm' } });
dag.task('f', sns('SDK'));
dag.task('g', sns('aws-sdk'));
dag.task('h', sns('Optimized'));
dag.task('i', sns('direct'));
dag.task(
  'j',
  aws({ service: 's3', action: 'listObjectsV2', integration: 'OPTIMIZED' as never, parameters: { Bucket: 'b' } }),
);

export default dag;
