import type { Service } from '../service.ts';

/** Amazon Bedrock, as plain data. */
export const bedrock = {
  name: 'bedrock',
  title: 'Bedrock',
  integrations: ['bedrock', 'bedrockruntime'],
  sdk: 'bedrockruntime',
  iam: [{ prefix: 'bedrock', arnNames: { ResourceId: { parameters: ['ModelId'] } } }],
  jobs: {
    'bedrock:createModelCustomizationJob': {
      title: 'Bedrock customization job',
      made: ['JobArn'],
      asks: {
        call: 'bedrock:getModelCustomizationJob',
        arguments: { JobIdentifier: '{% $job.made.JobArn %}' },
        state: '$states.result.Status',
        ended: ['Completed', 'Failed', 'Stopped'],
      },
      ends: {
        call: 'bedrock:stopModelCustomizationJob',
        arguments: { JobIdentifier: '{% $job.made.JobArn %}' },
      },
    },
  },
  prices: {
    invoke: {
      what: 'tokens in and out, at the price of the model',
      least: 0,
      open: 'nobody knows before how much a model answers',
      source: 'https://aws.amazon.com/bedrock/pricing/',
    },
  },
  samples: { invoke: { Body: {}, ContentType: 'application/json' } },
  otherNames: {
    '^(?:invoke_?model\\w*|converse|call|run|bedrock_?invoke\\w*)$': "`bedrock.invoke({ model: '…', body: { … } })`",
  },
} as const satisfies Service;
