import { Dag } from 'dagwright';
import { athena, emr, emrServerless, glue, kaggle } from 'dagwright/tasks';

// What AWS's calls, CDK and Airflow's operators call the parameters: the required one that is meant is not missing, too.
const role = 'arn:aws:iam::123456789012:role/spark';
const cluster = 'j-2AXXXXXXGAPLF';
const dag = new Dag('other_names');
dag.task('emr_spark', emr.spark({ cluster, entryPoint: 's3://b/a.py', spark_conf: {}, timeout: '1h' } as never));
dag.setup(
  'cluster',
  emr.cluster({
    releaseLabel: 'emr-7.13.0',
    primary: { type: 'm' },
    serviceRole: 'r',
    JobFlowRole: 'i',
    steps: [],
  } as never),
);
dag.setup(
  'application',
  emrServerless.application({ release_label: 'emr-7.13.0', type: 'SPARK', logUri: 's3://b/' } as never),
);
dag.task(
  'serverless_spark',
  emrServerless.spark({
    applicationId: '00f1',
    executionRoleArn: role,
    entryPoint: 's3://b/a.py',
    jobDriver: {},
  } as never),
);
dag.task('shell', glue.pythonShell({ scriptLocation: 's3://b/a.py', role, defaultArguments: {}, retries: 2 } as never));
dag.task('crawl', glue.crawl({ databaseName: 'd', role, s3Targets: 's3://b/' } as never));
dag.task(
  'query',
  athena.query({ queryString: 'SELECT 1', database: 'd', outputLocation: 's3://b/', triggerRule: 'all_done' } as never),
);
dag.task('kaggle', kaggle.download({ cluster, dataset: 'a/b', files: ['c.csv'], destination: 's3://b/' } as never));

export default dag;
