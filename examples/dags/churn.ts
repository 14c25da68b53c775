import { Dag, env, expr, param } from 'dagwright';
import { sagemaker, sns } from 'dagwright/tasks';

/**
 * A model of the customers who leave: features, training, and, if it is good enough, the scores of all customers and an endpoint that answers
 * with it. Airflow: example_sagemaker, example_sagemaker_endpoint.
 */
const dag = new Dag('churn', {
  schedule: '@weekly',
  env: {
    lake: env.bucket(),
    jobsRole: env.role({ description: 'What SageMaker’s jobs assume' }),
    images: env.string({ description: 'The registry of images, 123456789012.dkr.ecr.eu-west-1.amazonaws.com' }),
    alerts: env.string({ description: 'The ARN of the team’s topic' }),
  },
  params: {
    instance: param.enum(['ml.m5.large', 'ml.m5.xlarge'], { default: 'ml.m5.large' }),
    wanted: param.number({ default: 0.8, minimum: 0, maximum: 1, description: 'The AUC that a model has at least' }),
  },
  defaultArgs: { executionTimeout: '3h' },
});
const { lake, jobsRole: role, images, alerts: topic } = dag.env;
const { instance: instanceType } = dag.params;
const image = `${images}/churn:3`;

const features = dag.task(
  'features',
  sagemaker.process({
    image: `${images}/features:2`,
    role,
    args: ['--day', dag.logicalDate],
    inputs: { customers: { from: `s3://${lake}/silver/customers/` } },
    outputs: { features: { to: `s3://${lake}/gold/churn/features/` } },
    instanceType,
  }),
);
const trained = dag
  .task(
    'train',
    sagemaker.train({
      image,
      role,
      inputs: { train: { from: `s3://${lake}/gold/churn/features/`, contentType: 'text/csv' } },
      output: `s3://${lake}/models/churn/`,
      instanceType,
      hyperparameters: { objective: 'binary:logistic', num_round: '200' },
      metrics: { auc: 'validation-auc:([0-9.]+)' },
      spot: true,
      checkpoints: `s3://${lake}/models/churn-checkpoints/`,
    }),
    { retries: 2, retryDelay: '10m', retryExponentialBackoff: true },
  )
  .after(features);

const auc = expr(() => trained.output.FinalMetricDataList[0]!.Value);
const worse = dag.task('worse', sns.publish({ topic, subject: 'The old model stays', message: { auc } }));

const serve = dag.taskGroup('serve');
const model = serve.task(
  'model',
  sagemaker.model({
    image,
    data: trained.output.ModelArtifacts.S3ModelArtifacts,
    dataIn: `s3://${lake}/models/churn/`,
    role,
  }),
);
/** All customers, once a week. */
serve.task(
  'scores',
  sagemaker.transform({
    model: model.output.ModelName,
    input: `s3://${lake}/gold/churn/features/`,
    output: `s3://${lake}/gold/churn/scores/`,
    contentType: 'text/csv',
    split: 'Line',
    assembleWith: 'Line',
    instanceType,
  }),
);
/** One customer at a time, whenever the shop asks. */
serve.task(
  'endpoint',
  sagemaker.endpoint({
    name: 'churn',
    model: model.output.ModelName,
    serverless: { memoryMb: 2048, maxConcurrency: 5 },
  }),
);

dag
  .branch('good_enough', () => (trained.output.FinalMetricDataList[0]!.Value >= dag.params.wanted ? serve : worse))
  .before(serve, worse);
dag.task('published', sns.publish({ topic, subject: 'There is a new churn model', message: { auc } })).after(serve);

export default dag;
