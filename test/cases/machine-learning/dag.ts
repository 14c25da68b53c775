import { Dag, env } from 'dagwright';
import { cloudformation, dms, rds, sagemaker } from 'dagwright/tasks';

// A shop's tables come in by two ways; features, a model, its answers to files, and an endpoint.
const dag = new Dag('machine_learning', {
  env: { lake: env.bucket(), jobs: env.role(), stacks: env.string(), replication: env.string(), key: env.string() },
  defaultArgs: { retries: 1, executionTimeout: '2h' },
});
const { lake, jobs, stacks, replication, key } = dag.env;
const registry = '683313688378.dkr.ecr.us-east-1.amazonaws.com';

const network = dag.task(
  'network',
  cloudformation.stack<{ Subnet: string; SecurityGroup: string }>({
    name: 'learning-network',
    template: `s3://${lake}/templates/network.yaml`,
    parameters: { Cidr: '10.0.0.0/16' },
    capabilities: ['CAPABILITY_IAM'],
    role: stacks,
  }),
);
const loaded = dag.task('load', dms.task({ task: replication }));
const exported = dag.task(
  'export',
  rds.exportSnapshot({
    snapshot: 'arn:aws:rds:us-east-1:123456789012:snapshot:shop',
    to: `s3://${lake}/bronze/shop/`,
    role: jobs,
    kmsKey: key,
    only: ['shop.orders'],
  }),
);
const features = dag.task(
  'features',
  sagemaker.process({
    image: `${registry}/sagemaker-scikit-learn:1.2-1-cpu-py3`,
    role: jobs,
    entrypoint: ['python3', '/opt/ml/processing/input/code/features.py'],
    args: ['--day', dag.logicalDate],
    inputs: { code: { from: `s3://${lake}/jobs/` }, orders: { from: `s3://${lake}/bronze/shop/` } },
    outputs: { features: { to: `s3://${lake}/gold/features/` } },
    instanceType: 'ml.m5.xlarge',
    subnets: [network.output.Outputs.Subnet],
    securityGroups: [network.output.Outputs.SecurityGroup],
  }),
);
const trained = dag.task(
  'train',
  sagemaker.train({
    image: `${registry}/sagemaker-xgboost:1.7-1`,
    role: jobs,
    inputs: { train: { from: `s3://${lake}/gold/features/`, contentType: 'text/csv' } },
    output: `s3://${lake}/models/`,
    instanceType: 'ml.m5.xlarge',
    instanceCount: 2,
    hyperparameters: { objective: 'binary:logistic', num_round: '100' },
    metrics: { auc: 'auc=([0-9.]+)' },
    spot: true,
    checkpoints: `s3://${lake}/checkpoints/`,
  }),
);
const modelled = dag.task(
  'model',
  sagemaker.model({
    image: `${registry}/sagemaker-xgboost:1.7-1`,
    data: trained.output.ModelArtifacts.S3ModelArtifacts,
    dataIn: `s3://${lake}/models/`,
    role: jobs,
  }),
);
dag.task(
  'score',
  sagemaker.transform({
    model: modelled.output.ModelName,
    input: `s3://${lake}/gold/features/`,
    output: `s3://${lake}/gold/churn/`,
    contentType: 'text/csv',
    split: 'Line',
    assembleWith: 'Line',
    instanceType: 'ml.m5.large',
  }),
);
dag.task('serve', sagemaker.endpoint({ name: 'churn', model: modelled.output.ModelName, instanceType: 'ml.m5.large' }));

loaded.before(features);
exported.before(features);
features.before(trained);

export default dag;
