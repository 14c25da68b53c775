import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Evaluated {
  readonly output: { readonly Payload: { readonly auc: number } };
}

/** Prepare, train, evaluate; a model that is good enough is registered, another one is only told of. */
const dag = new Dag('pipeline-machine-learning', {
  schedule: '@weekly',
  env: { bucket: env.bucket(), trainingRole: env.string(), topic: env.string() },
  params: { name: param.string({ default: 'churn-1' }), least: param.number({ default: 0.8, minimum: 0, maximum: 1 }) },
});
const { bucket, trainingRole, topic } = dag.env;
const prepare = dag.task(
  'prepare',
  aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: 'prepare-features' } }),
);
const train = dag
  .task(
    'train',
    aws({
      service: 'sagemaker',
      action: 'createTrainingJob',
      pattern: 'sync',
      parameters: {
        TrainingJobName: dag.params.name,
        RoleArn: trainingRole,
        AlgorithmSpecification: {
          TrainingImage: '111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:3',
          TrainingInputMode: 'File',
        },
        OutputDataConfig: { S3OutputPath: `s3://${bucket}/models/` },
        ResourceConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 50 },
        StoppingCondition: { MaxRuntimeInSeconds: 7200 },
      },
    }),
    { executionTimeout: '3h', estimate: ['30m', '90m'] },
  )
  .after(prepare);
const evaluate = dag
  .task('evaluate', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'evaluate' } }))
  .after(train);
const { auc } = (evaluate as unknown as Evaluated).output.Payload;
const register = dag.task(
  'register',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'register-model', Payload: { auc } } }),
);
const tell = dag.task(
  'tell',
  aws({
    service: 'sns',
    action: 'publish',
    parameters: { TopicArn: topic, Message: `An AUC of ${auc} is not enough` },
  }),
);
dag
  .if(() => auc >= dag.params.least, { id: 'good_enough' })
  .then(register)
  .else(tell);

export default dag;
