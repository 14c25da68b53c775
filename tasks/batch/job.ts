import {
  builtIn,
  type Check,
  type ChecksOf,
  check,
  filled,
  isReference,
  listOf,
  misfit,
  object,
  type Permission,
  required,
  type Template,
  template,
  that,
  value,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, formed, type OtherNames, textMap } from '../checked.ts';
import { environmentOf } from '../containers.ts';
import { ownName } from '../own-names.ts';
import { batch } from './service.ts';

/** A job of AWS Batch. */
export interface JobParameters {
  /** The queue's name or ARN. */
  readonly queue: string;
  /** A job definition: its name, of which the newest revision runs; `name:revision`; or an ARN. */
  readonly definition: string;
  /** In place of the job definition's command. */
  readonly command?: readonly string[];
  /** Added to the job definition's environment. */
  readonly environment?: { readonly [name: string]: string };
  /** What stands in the command as `Ref::name`. */
  readonly parameters?: { readonly [name: string]: string };
  /** vCPUs, MiB of memory and GPUs, other than in the job definition. On Fargate a quarter of a vCPU is the least. */
  readonly vcpus?: number;
  readonly memory?: number;
  readonly gpus?: number;
  /** An array job: so many children, each of which finds its number in `AWS_BATCH_JOB_ARRAY_INDEX`. From 2 to 10,000. */
  readonly arraySize?: number;
  /** Ids of jobs that must have succeeded before; of an array job `N_TO_N` is child by child. */
  readonly dependsOn?: readonly (string | { readonly jobId: string; readonly type?: 'N_TO_N' | 'SEQUENTIAL' })[];
  /** How often Batch itself runs the job, the first time among them: for interrupted spot instances. */
  readonly attempts?: number;
  /** Where the queue has a fair-share policy: whose share it takes. */
  readonly shareIdentifier?: string;
  /** The job's name. Default `<machine>_<task>`. */
  readonly name?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** What Batch says of a job that has ended. */
export interface JobOutput {
  readonly JobId: string;
  readonly JobName: string;
  readonly Status: string;
  readonly Container: { readonly ExitCode: number; readonly LogStreamName: string };
}

/**
 * Submits a job to a queue of AWS Batch and waits for its end. With an `executionTimeout` Batch ends each attempt as well, a minute after the
 * task's time is up.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'simulate',
 *   batch.job({ queue: 'spot', definition: 'simulate', command: ['run', '--day', dag.logicalDate], vcpus: 4, memory: 8192 }),
 * );
 * ```
 */
export function job(parameters: JobParameters): Template<JobOutput> {
  return checkedTemplate('batch.job', parameters, JOB, made, OTHER_NAMES);
}

const DEPENDENCY: ChecksOf<{ readonly jobId: string; readonly type?: string }> = {
  jobId: required(filled),
  type: that('"N_TO_N" or "SEQUENTIAL"', (given) => given === 'N_TO_N' || given === 'SEQUENTIAL'),
};
const dependency = object(DEPENDENCY, "{ jobId: '…', type: 'N_TO_N' }");
const anId: Check = check('the id of a job, or `{ jobId, type }`', (given, where) =>
  typeof given === 'object' && !isReference(given) ? dependency(given, where) : filled(given, where),
);
const dependsOn: Check = check('a list of at most 20 ids of jobs', (given, where) =>
  Array.isArray(given) && given.length > 20
    ? [misfit(given, where, dependsOn.wanted)]
    : listOf(anId, dependsOn.wanted)(given, where),
);

const JOB: ChecksOf<JobParameters> = {
  queue: required(filled),
  definition: required(filled),
  command: listOf(value, 'a list of texts and references'),
  environment: textMap,
  parameters: textMap,
  vcpus: that('a number of vCPUs from 0.25 on', (given) => typeof given === 'number' && given >= 0.25),
  memory: wholeNumber(4, 2_097_152),
  gpus: wholeNumber(1, 64),
  arraySize: wholeNumber(2, 10_000),
  dependsOn,
  attempts: wholeNumber(1, 10),
  shareIdentifier: filled,
  name: formed('a name of at most 128 letters, digits, "-" and "_"', (text) => /^[A-Za-z0-9][\w-]{0,127}$/.test(text)),
  tags: textMap,
};

const OTHER_NAMES: OtherNames = {
  jobqueue: 'queue',
  jobdefinition: 'definition',
  jobdefinitionarn: 'definition',
  jobname: 'name',
  arrayproperties: 'arraySize',
  arraysize: 'arraySize',
  size: 'arraySize',
  retrystrategy: 'attempts',
  overrides: 'Its parts are fields of their own here: `command`, `environment`, `vcpus`, `memory` and `gpus`.',
  containeroverrides: 'Its parts are fields of their own here: `command`, `environment`, `vcpus`, `memory` and `gpus`.',
  resourcerequirements: 'Write `vcpus`, `memory` and `gpus`.',
  cpu: 'vcpus',
  vcpu: 'vcpus',
  gpu: 'gpus',
  nodeoverrides:
    "`aws({ service: 'batch', action: 'submitJob', pattern: 'sync', parameters: { … } })` runs jobs of several nodes.",
  eksproperties:
    "`aws({ service: 'batch', action: 'submitJob', pattern: 'sync', parameters: { … } })` runs jobs on EKS.",
  depends: 'dependsOn',
  shareid: 'shareIdentifier',
  statusretries: 'Step Functions waits for the end, whatever it takes: leave it out.',
  maxretries: 'Step Functions waits for the end, whatever it takes: leave it out.',
  waitforcompletion: 'The task waits for the end, which costs nothing: leave it out.',
  deferrable: 'The task waits for the end, which costs nothing: leave it out.',
};

const SUBMIT = 'arn:aws:states:::batch:submitJob.sync';

function made(job: JobParameters): Template<JobOutput> {
  return template({
    service: 'batch',
    kind: 'batch.job',
    outputShape: answerShape(SUBMIT, ['JobId', 'JobName', 'Status', 'Container']),
    sample: batch.samples.job,
    charge: {
      what: 'EC2 or Fargate of the compute environment; Batch itself takes nothing',
      open: 'on what a job runs, its queue decides',
      source: 'https://aws.amazon.com/batch/pricing/',
    },
    lower: (context) => callFragment(SUBMIT, argumentsOf(job, context), context),
    permissions: () => (job.tags ? [tagging()] : []),
  });
}

/** Tagging the job in the call that makes it. @see https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html */
function tagging(): Permission {
  const jobs = `arn:${builtIn('partition')}:batch:${builtIn('region')}:${builtIn('account')}:job/*`;
  return { actions: ['batch:TagResource'], resources: [jobs] };
}

/** A job's own time limit, which Batch takes from a minute on. */
const LEAST_SECONDS = 60;

function argumentsOf(
  job: JobParameters,
  { task, timeoutSeconds }: { readonly task: string; readonly timeoutSeconds: number | undefined },
): object {
  const { command, environment, parameters, vcpus, memory, gpus, arraySize, dependsOn: before = [] } = job;
  const sizes = Object.entries({ VCPU: vcpus, MEMORY: memory, GPU: gpus }).flatMap(([Type, amount]) =>
    amount === undefined ? [] : [{ Type, Value: `${amount}` }],
  );
  const overrides = {
    ...(command && { Command: command }),
    ...(environment && { Environment: environmentOf(environment) }),
    ...(sizes.length > 0 && { ResourceRequirements: sizes }),
  };
  return {
    JobName: job.name ?? ownName(task),
    JobQueue: job.queue,
    JobDefinition: job.definition,
    ...(job.shareIdentifier !== undefined && { ShareIdentifier: job.shareIdentifier }),
    ...(arraySize !== undefined && { ArrayProperties: { Size: arraySize } }),
    ...(before.length > 0 && {
      DependsOn: before.map((one) =>
        typeof one === 'object' && !isReference(one)
          ? { JobId: one.jobId, ...(one.type && { Type: one.type }) }
          : { JobId: one },
      ),
    }),
    ...(parameters && { Parameters: parameters }),
    ...(Object.keys(overrides).length > 0 && { ContainerOverrides: overrides }),
    ...(job.attempts !== undefined && { RetryStrategy: { Attempts: job.attempts } }),
    ...(timeoutSeconds !== undefined && {
      Timeout: { AttemptDurationSeconds: Math.max(LEAST_SECONDS, Math.ceil(timeoutSeconds) + 60) },
    }),
    ...(job.tags && { Tags: job.tags }),
  };
}
