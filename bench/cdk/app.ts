import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';

/**
 * The reference pipeline (dags/datalake.ts) as somebody would write it with CDK: the same tasks and integrations, 32 states. It promises
 * less: a failed task ends what runs beside it, an existing database fails the run, and a crawl may be another's.
 */
const stack = new Stack(new App(), 'Datalake');
const lake = 's3://lake';
const roleOf = (id: string) => Role.fromRoleName(stack, id, id);
const retry = { maxAttempts: 2, interval: Duration.minutes(1), errors: ['States.ALL'] };

const cluster = new tasks.EmrCreateCluster(stack, 'cluster', {
  name: 'datalake',
  releaseLabel: 'emr-7.13.0',
  applications: [{ name: 'Spark' }],
  instances: {
    instanceCount: 3,
    masterInstanceType: 'm5.xlarge',
    slaveInstanceType: 'm5.2xlarge',
    ec2SubnetId: 'subnet-1',
  },
  serviceRole: roleOf('emr'),
  clusterRole: roleOf('emrInstances'),
  resultPath: '$.cluster',
});

function step(id: string, ...args: string[]): tasks.EmrAddStep {
  const task = new tasks.EmrAddStep(stack, id, {
    clusterId: sfn.JsonPath.stringAt('$.cluster.ClusterId'),
    name: id,
    jar: 'command-runner.jar',
    args: ['spark-submit', '--deploy-mode', 'client', ...args],
    actionOnFailure: tasks.ActionOnFailure.CONTINUE,
    resultPath: sfn.JsonPath.DISCARD,
    taskTimeout: sfn.Timeout.duration(Duration.hours(2)),
  });
  task.addRetry(retry);
  return task;
}

const sources = new sfn.Parallel(stack, 'sources', { resultPath: sfn.JsonPath.DISCARD }).branch(
  ...['amazon', 'netflix'].map((source) =>
    step(`ingest_${source}`, 'ingest.py', source, `${lake}/bronze/${source}/`).next(
      step(`silver_${source}`, 'main.py', 'silver', source, lake),
    ),
  ),
);

const glue = (id: string, action: string, parameters: Record<string, unknown>) =>
  new tasks.CallAwsService(stack, id, {
    service: 'glue',
    action,
    parameters,
    iamResources: ['*'],
    resultPath: '$.glue',
  });
const crawler = glue('crawler', 'createCrawler', {
  Name: 'gold',
  Role: 'crawler',
  DatabaseName: 'desafio',
  Targets: { S3Targets: [{ Path: `${lake}/gold/tables/` }] },
});
const start = glue('start', 'startCrawler', { Name: 'gold' });
const get = glue('get', 'getCrawler', { Name: 'gold' });
const queries = new sfn.Parallel(stack, 'queries', { resultPath: sfn.JsonPath.DISCARD }).branch(
  ...readdirSync(join(__dirname, '../../sql')).map((file) => {
    const id = file.replace('.sql', '');
    const query = new tasks.AthenaStartQueryExecution(stack, id, {
      queryString: readFileSync(join(__dirname, '../../sql', file), 'utf8'),
      queryExecutionContext: { databaseName: 'desafio' },
      resultConfiguration: { outputLocation: { bucketName: 'lake', objectKey: `consultas/${id}/` } },
      integrationPattern: sfn.IntegrationPattern.RUN_JOB,
    });
    query.addRetry(retry);
    return query;
  }),
);
const report = new tasks.GlueStartJobRun(stack, 'report', {
  glueJobName: 'report',
  integrationPattern: sfn.IntegrationPattern.RUN_JOB,
});
const wait = new sfn.Wait(stack, 'wait', { time: sfn.WaitTime.duration(Duration.seconds(15)) });
const ready = new sfn.Choice(stack, 'ready')
  .when(
    sfn.Condition.and(
      sfn.Condition.stringEquals('$.glue.Crawler.State', 'READY'),
      sfn.Condition.stringEquals('$.glue.Crawler.LastCrawl.Status', 'SUCCEEDED'),
    ),
    queries.next(report),
  )
  .otherwise(wait.next(get));
const crawl = glue('database', 'createDatabase', { DatabaseInput: { Name: 'desafio' } })
  .next(crawler)
  .next(start)
  .next(get)
  .next(ready);

const terminate = (id: string) =>
  new tasks.EmrTerminateCluster(stack, id, {
    clusterId: sfn.JsonPath.stringAt('$.cluster.ClusterId'),
    resultPath: sfn.JsonPath.DISCARD,
  });
const work = new sfn.Parallel(stack, 'work', { resultPath: sfn.JsonPath.DISCARD }).branch(
  sources.next(step('gold', 'main.py', 'gold', lake)),
);
work.addCatch(terminate('terminate_after_failure').next(new sfn.Fail(stack, 'failed')), { resultPath: '$.error' });
const after = new sfn.Parallel(stack, 'after').branch(terminate('terminate'), crawl);

new sfn.StateMachine(stack, 'datalake', {
  definitionBody: sfn.DefinitionBody.fromChainable(cluster.next(work).next(after)),
});
