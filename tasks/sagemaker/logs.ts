import type { Clients } from '../../aws/clients.ts';
import { type Call, type LogsModule, readStreams, type Written } from '../logs.ts';

export const logs: LogsModule['logs'] = {
  'sagemaker:createTrainingJob': ofJob('Training'),
  'sagemaker:createProcessingJob': ofJob('Processing'),
  'sagemaker:createTransformJob': ofJob('Transform'),
};

/**
 * What a job's containers wrote: streams that begin with the job's name, one for each instance.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html
 */
function ofJob(kind: string): (call: Call, clients: Clients) => Promise<Written[]> {
  return async ({ parameters }, clients) => {
    const name = String(parameters[`${kind}JobName`] ?? '');
    const title = `SageMaker ${kind.toLowerCase()} job ${name}`;
    const group = `/aws/sagemaker/${kind}Jobs`;
    const found = await readStreams(clients, title, group, `${name}/`);
    return found.length > 0
      ? found
      : [{ title, lines: [], hint: `aws logs tail ${group} --log-stream-name-prefix ${name}` }];
  };
}
