import { aws } from '../../tasks/aws/aws.ts';
import type { AwsAction, AwsService, SdkInput, SdkOutput } from '../../tasks/aws/sdk-types.ts';

/** Checked by `tsc` alone: nothing here runs. `@ts-expect-error` is an error itself where there is none. */
declare function call<S extends AwsService, A extends AwsAction<S>>(
  service: S,
  action: A,
  parameters: SdkInput<S, A>,
): SdkOutput<S, A>;

// Known services: actions and arguments are checked.
call('lambda', 'invoke', { FunctionName: 'f', Payload: { a: 1 } });
// @ts-expect-error no such service
call('lamda', 'invoke', {});
// @ts-expect-error no such action
call('lambda', 'invok', {});
// @ts-expect-error paginators are no actions
call('lambda', 'paginateListFunctions', {});
// @ts-expect-error a required argument is missing
call('lambda', 'invoke', { Payload: {} });
// @ts-expect-error no such argument
call('lambda', 'invoke', { FunctionName: 'f', FunctionNam: 'f' });
// @ts-expect-error a number where text is wanted
call('lambda', 'invoke', { FunctionName: 1 });
// @ts-expect-error none of the values
call('lambda', 'invoke', { FunctionName: 'f', InvocationType: 'Evnt' });
// @ts-expect-error a number is no payload
call('lambda', 'invoke', { FunctionName: 'f', Payload: 1 });
// @ts-expect-error wrong within a list
call('glue', 'createCrawler', { Name: 'c', Role: 'r', Targets: { S3Targets: [{ Pth: 's3://b' }] } });
call('glue', 'createCrawler', { Name: 'c', Role: 'r', Targets: { S3Targets: [{ Path: 's3://b' }] } });

// PascalCase where the API has camelCase.
call('sfn', 'startExecution', { StateMachineArn: 'arn', Input: '{}' });
// @ts-expect-error camelCase
call('sfn', 'startExecution', { stateMachineArn: 'arn' });

// An acronym at the beginning is a word, and any other stays.
call('s3', 'putObject', { Bucket: 'b', Key: 'k', Acl: 'private', SsekmsKeyId: 'x' });
// @ts-expect-error the API's own spelling
call('s3', 'putObject', { Bucket: 'b', Key: 'k', ACL: 'private' });
call('cloudformation', 'createStack', { StackName: 's', TemplateURL: 'https://b', RoleARN: 'r' });
// @ts-expect-error acronyms further on are no words
call('cloudformation', 'createStack', { StackName: 's', TemplateUrl: 'https://b' });

// Results: PascalCase, text for timestamps, and a wrong field is an error.
const crawler = call('glue', 'getCrawler', { Name: 'c' });
const started: string = crawler.Crawler.LastCrawl.StartTime;
const state: 'READY' | 'RUNNING' | 'STOPPING' = crawler.Crawler.State;
// @ts-expect-error a timestamp is text
const date: Date = crawler.Crawler.LastCrawl.StartTime;
// @ts-expect-error no such field
crawler.Crawler.Stat;
// @ts-expect-error the client's own
crawler.$metadata;
const execution: string = call('sfn', 'startExecution', { StateMachineArn: 'arn' }).ExecutionArn;

// Bytes: JSON or text in, whatever the function says out.
call('lambda', 'invoke', { FunctionName: 'f', Payload: 'text' });
call('s3', 'putObject', { Bucket: 'b', Key: 'k', Body: { a: [1] } });
const answer: { readonly rows: number } = call('lambda', 'invoke', { FunctionName: 'f' }).Payload;

// A client that is not installed: loose, not broken.
const anything: number = call('workmail', 'whatever', { anything: 1 }).Whatever;

// The template that DAGs use: each mistake is marked at its own word.
aws({ service: 'glue', action: 'getCrawler', parameters: { Name: 'c' }, pattern: 'request' });
aws({
  service: 'glue',
  // @ts-expect-error no such action
  action: 'getCrawlr',
  parameters: { Name: 'c' },
});
aws({
  service: 'glue',
  action: 'getCrawler',
  parameters: {
    // @ts-expect-error no such argument
    Nam: 'c',
  },
});
aws({
  service: 'glue',
  action: 'getCrawler',
  parameters: {
    // @ts-expect-error a number where text is wanted
    Name: 1,
  },
});

// The pattern and the form decide what is answered.
declare const dag: import('../../authoring/index.ts').Dag;
const job = dag.task(
  'job',
  aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: 'x' } }),
).output;
const run: string = job.Id;
// @ts-expect-error of the request's answer
job.JobRunId;
const begun: string = dag.task('begun', aws({ service: 'glue', action: 'startJobRun', parameters: { JobName: 'x' } }))
  .output.JobRunId;
const cluster = dag.task(
  'cluster',
  aws({
    service: 'emr',
    action: 'createCluster',
    pattern: 'sync',
    parameters: { Name: 'c', Instances: { KeepJobFlowAliveWhenNoSteps: true } },
  }),
).output;
const clusterId: string = cluster.ClusterId;
const release: string = cluster.Cluster.ReleaseLabel;
const step = dag.task(
  'step',
  aws({
    service: 'emr',
    action: 'addStep',
    pattern: 'sync',
    parameters: { ClusterId: clusterId, Step: { Name: 's', HadoopJarStep: { Jar: 'command-runner.jar' } } },
  }),
).output;
const stepState: string = step.Step.Status.State;
aws({
  service: 'emr',
  action: 'addStep',
  // @ts-expect-error no argument of addStep
  parameters: { ClusterId: 'j', Steps: [] },
});
// @ts-expect-error no action of the service
aws({ service: 'emr', action: 'addSteps', parameters: {} });
const child = dag.task(
  'child',
  aws({
    service: 'sfn',
    action: 'startExecution',
    pattern: 'sync',
    parameters: { StateMachineArn: 'arn', Input: { day: 1 } },
  }),
).output;
const answered: { readonly rows: number } = child.Output;
const http: number = dag.task(
  'http',
  aws({
    service: 'http',
    action: 'invoke',
    parameters: { ApiEndpoint: 'https://x', Method: 'GET', InvocationConfig: { ConnectionArn: 'arn' } },
  }),
).output.StatusCode;
const payloadText: string = dag.task(
  'sdk',
  aws({ service: 'lambda', action: 'invoke', integration: 'sdk', parameters: { FunctionName: 'f' } }),
).output.Payload;
// @ts-expect-error it has no jobs that can be waited for
aws({ service: 'glue', action: 'startCrawler', pattern: 'sync', parameters: { Name: 'c' } });
// @ts-expect-error no pattern
aws({ service: 'glue', action: 'startJobRun', pattern: 'wait', parameters: { JobName: 'c' } });
// @ts-expect-error there is no optimized integration of it
aws({ service: 'glue', action: 'getCrawler', integration: 'optimized', parameters: { Name: 'c' } });
// @ts-expect-error it hands no token over
aws({ service: 'emr', action: 'terminateCluster', pattern: 'callback', parameters: { ClusterId: 'j' } });
aws({
  service: 'eventbridge',
  action: 'putEvents',
  parameters: { Entries: [{ Source: 's', DetailType: 't', Detail: { a: 1 } }] },
});

export type Used = [
  typeof run,
  typeof begun,
  typeof release,
  typeof stepState,
  typeof answered,
  typeof http,
  typeof payloadText,
  typeof started,
  typeof state,
  typeof date,
  typeof execution,
  typeof answer,
  typeof anything,
];
