import type { Job, Service } from '../service.ts';

/** SageMaker's jobs have the name that the call gives them, which is taken once. */
function job(kind: string): Job {
  const name = `${kind}JobName`;
  const Arguments = { [name]: `{% $job.given.${name} %}` };
  return {
    title: `SageMaker ${kind.replace(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase()} job`,
    given: [name],
    made: [],
    asks: {
      call: `sagemaker:describe${kind}Job`,
      arguments: Arguments,
      state: `$states.result.${kind}JobStatus`,
      ended: ['Completed', 'Failed', 'Stopped'],
    },
    ends: { call: `sagemaker:stop${kind}Job`, arguments: Arguments },
  };
}

const ARN = 'arn:aws:sagemaker:us-east-1:123456789012';

/** Amazon SageMaker AI, as plain data. */
export const sagemaker = {
  name: 'sagemaker',
  title: 'SageMaker',
  integrations: ['sagemaker'],
  sdk: 'sagemaker',
  account: { subnets: ['Subnets'] },
  jobs: {
    'sagemaker:createHyperParameterTuningJob': job('HyperParameterTuning'),
    'sagemaker:createLabelingJob': job('Labeling'),
    'sagemaker:createProcessingJob': job('Processing'),
    'sagemaker:createTrainingJob': job('Training'),
    'sagemaker:createTransformJob': job('Transform'),
  },
  samples: {
    trained: {
      TrainingJobName: 'train-0001',
      TrainingJobArn: `${ARN}:training-job/train-0001`,
      TrainingJobStatus: 'Completed',
      ModelArtifacts: { S3ModelArtifacts: 's3://models/train-0001/output/model.tar.gz' },
      FinalMetricDataList: [],
    },
    processed: {
      ProcessingJobName: 'process-0001',
      ProcessingJobArn: `${ARN}:processing-job/process-0001`,
      ProcessingJobStatus: 'Completed',
    },
    transformed: {
      TransformJobName: 'transform-0001',
      TransformJobArn: `${ARN}:transform-job/transform-0001`,
      TransformJobStatus: 'Completed',
      ModelName: 'model-0001',
    },
    model: { ModelArn: `${ARN}:model/model-0001` },
    endpoint: {
      EndpointName: 'scores',
      EndpointArn: `${ARN}:endpoint/scores`,
      EndpointConfigName: 'scores-0001',
      EndpointStatus: 'InService',
    },
  },
  otherNames: {
    '^(?:training\\w*|create_?training\\w*|fit|estimator)$':
      '`sagemaker.train({ image, role, inputs, output, instanceType })`',
    '^(?:processing\\w*|create_?processing\\w*|run_?processing)$': '`sagemaker.process({ image, role, instanceType })`',
    '^(?:batch_?transform\\w*|transform_?job\\w*|create_?transform\\w*)$':
      '`sagemaker.transform({ model, input, output, instanceType })`',
    '^(?:create_?model|models?)$': '`sagemaker.model({ image, data, role })`',
    '^(?:create_?endpoint\\w*|update_?endpoint\\w*|deploy\\w*|endpoint_?config)$':
      '`sagemaker.endpoint({ name, model, instanceType })`',
    '^(?:tune\\w*|tuning\\w*|hyper\\w*|create_?hyper\\w*)$':
      "`aws({ service: 'sagemaker', action: 'createHyperParameterTuningJob', pattern: 'sync', parameters: { … } })`",
  },
} as const satisfies Service;
