import { Dag, env } from 'dagwright';
import { emrServerless } from 'dagwright/tasks';

/** Two Spark jobs on an application that the run makes and deletes, and a third on one that is there. */
const dag = new Dag('emr_serverless', {
  schedule: '@daily',
  env: { lake: env.bucket(), jobRole: env.role(), reports: env.string({ description: 'The application for reports' }) },
  defaultArgs: { executionTimeout: '2h' },
});
const { lake, jobRole: role, reports } = dag.env;

const application = dag.setup(
  'application',
  emrServerless.application({
    release: 'emr-7.13.0',
    architecture: 'arm64',
    initialCapacity: {
      driver: { count: 1, cpu: '2 vCPU', memory: '8 GB' },
      executor: { count: 4, cpu: '4 vCPU', memory: '16 GB', disk: '40 GB' },
    },
    maximumCapacity: { cpu: '64 vCPU', memory: '256 GB' },
    started: true,
    subnets: ['subnet-0a1b2c3d'],
    securityGroups: ['sg-0a1b2c3d'],
    tags: { team: 'data' },
  }),
);

const clean = dag.task(
  'clean',
  emrServerless.spark({
    application,
    role,
    script: 'test/cases/emr-serverless/clean.py',
    args: ['silver', `s3://${lake}`, dag.logicalDate],
    archives: [`s3://${lake}/environments/pyspark.tar.gz#environment`],
    conf: { 'spark.executor.memory': '8g', 'spark.app.name': 'clean ratings' },
    logs: `s3://${lake}/logs/`,
  }),
);
const train = dag
  .task(
    'train',
    emrServerless.spark({
      application,
      role,
      script: `s3://${lake}/jars/train.jar`,
      mainClass: 'org.example.Train',
      cloudWatch: {},
    }),
    { retries: 1, retryDelay: '5m' },
  )
  .after(clean);
dag
  .task(
    'report',
    emrServerless.spark({
      application: reports,
      role,
      script: 'test/cases/emr-serverless/report.py',
      args: [train.output.JobRunId],
    }),
  )
  .after(train);

export default dag;
