import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Answered {
  readonly output: { readonly Body: { readonly text: string } };
}

/** A summary by a model on Bedrock, kept in a bucket; a refusal is kept out of the way of the rest. */
const dag = new Dag('pipeline-language-model', { schedule: '@daily' });
const summary = dag.task(
  'summary',
  aws({
    service: 'bedrockruntime',
    action: 'invokeModel',
    parameters: {
      ModelId: 'amazon.titan-text-lite-v1',
      Body: { inputText: 'Summarise the day.' },
      ContentType: 'application/json',
    },
  }),
  { retries: 2, retryDelay: '20s', retryExponentialBackoff: true },
);
dag.task(
  'keep',
  aws({
    service: 's3',
    action: 'putObject',
    parameters: {
      Bucket: 'summaries',
      Key: `${dag.logicalDate}.txt`,
      Body: (summary as unknown as Answered).output.Body.text,
    },
  }),
);

export default dag;
