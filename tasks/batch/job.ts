import {
  builtIn,
  type Check,
  type ChecksOf,
  check,
  filled,
  isReference,
  type LoweringContext,
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
import {
  type AskedTypescript,
  CONTAINER_FUNCTION,
  CONTAINER_TYPESCRIPT,
  type ContainerCode,
  type ContainerFunction,
  type ContainerTypescript,
  codeOverride,
  codeTemplates,
  containerFragment,
  NAMES_OF_CONTAINER_CODE,
  NAMES_OF_CONTAINER_TYPESCRIPT,
  tooLarge,
} from '../code-container.ts';
import { handlerIn, isCode, type JobOptions, needsOfCode } from '../code-job.ts';
import { environmentOf } from '../containers.ts';
import { ownLabel } from '../own-names.ts';
import { type InFile, inFile } from '../python-function.ts';
import type { AnswerOf, Callable, Exported, InputOf } from '../typescript-function.ts';
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
export function job(parameters: JobParameters): Template<JobOutput>;
/**
 * Runs a function in Python as a job of AWS Batch, for what takes longer or more than `lambda.python` has. The image of the job definition
 * has Python and boto3, and no entry point of its own; the code is fetched by it: a run, a rollback and a resume use the code that was
 * deployed with theirs. What the function returns is the task's output, at most 250 KB of JSON. What it raises fails the task under the
 * exception's name, for `retries` and `skipOn`.
 *
 * @param file from the project's root: `functions/clean.py`
 * @typeParam Output what the function returns
 * @throws Stop where the options are at fault
 * @example
 * ```ts
 * const cleaned = dag.task(
 *   'clean',
 *   batch.job<{ kept: number }>('functions/clean.py', {
 *     handler: 'clean',
 *     input: { day: dag.logicalDate },
 *     queue: 'spot',
 *     definition: 'python',
 *     role: 'clean',
 *     memory: 8192,
 *   }),
 * );
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: what a function returns is JSON of any make, unless its caller says more
export function job<Output = any>(file: string, spec: JobFunction): Template<Output>;
/**
 * Runs a function in TypeScript as a job, for what takes longer or more than `lambda.typescript` has. It is bundled with what it imports
 * when the DAG is compiled; the image of the job definition has Node.js and, in `/node_modules`, the clients of the AWS SDK that it uses and
 * that of S3. What the function returns is the task's output, at most 250 KB of JSON. What it throws fails the task under the error's name, for
 * `retries` and `skipOn`.
 *
 * @param module an arrow that imports the module of the function; `handler` is the name of the export
 * @throws Stop where the options are at fault
 * @example
 * ```ts
 * const scored = dag.task(
 *   'score',
 *   batch.job(() => import('../functions/score.ts'), {
 *     handler: 'score',
 *     input: { rows: 3 },
 *     queue: 'spot',
 *     definition: 'node',
 *     role: 'score',
 *     memory: 8192,
 *   }),
 * );
 * ```
 */
export function job<M, const H extends Exported<M>>(
  module: () => Promise<M>,
  spec: JobTypescript & { readonly handler: H } & InputOf<Extract<M[H], Callable>>,
): Template<AnswerOf<M[H]>>;
/** The same of a function that is written in place, as `lambda.typescript` takes one. */
export function job<F extends Callable>(code: F, spec: JobTypescript & InputOf<F>): Template<AnswerOf<F>>;
export function job(first: unknown, spec?: unknown): Template {
  if (typeof first === 'function')
    return checkedTemplate(
      'batch.job',
      spec,
      TYPESCRIPT,
      OF_CODE.typescript(first),
      NAMES_OF_TYPESCRIPT,
      tooLarge('typescript'),
    );
  return isCode(first, spec)
    ? checkedTemplate('batch.job', inFile(first, spec), FUNCTION, OF_CODE.python, NAMES_OF_FUNCTION, tooLarge('python'))
    : checkedTemplate('batch.job', first, JOB, made, OTHER_NAMES);
}

/** Where a job of AWS Batch runs a function. */
export interface JobPlace extends Omit<JobParameters, 'command' | 'parameters' | 'arraySize' | 'environment'> {
  /** The job role that the job definition names: a value of `dag.env`, which deploy can make, or its name. */
  readonly role: string;
}

/** A function in Python that a job of AWS Batch runs. */
export interface JobFunction extends ContainerFunction, JobPlace {}

/** A function in TypeScript that a job of AWS Batch runs. */
export interface JobTypescript extends ContainerTypescript, JobPlace {}

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

const { command: _1, parameters: _2, arraySize: _3, environment: _4, ...JOB_OF_CODE } = JOB;
const PLACE: ChecksOf<JobPlace> = { ...JOB_OF_CODE, role: required(filled) };
const FUNCTION: ChecksOf<InFile<JobFunction>> = { ...PLACE, ...CONTAINER_FUNCTION };
const TYPESCRIPT: ChecksOf<AskedTypescript<JobPlace>> = { ...PLACE, ...CONTAINER_TYPESCRIPT };

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
  ...handlerIn('batch.job'),
};

const ONE_ANSWER = 'A function answers once, and so has no children: leave it out, or map over a list.';

const NAMES_OF_PLACE: OtherNames = {
  arrayproperties: ONE_ANSWER,
  arraysize: ONE_ANSWER,
  size: ONE_ANSWER,
  parameters: 'input',
  jobrole: 'role',
  jobrolearn: 'role',
  rolearn: 'role',
};
const NAMES_OF_FUNCTION: OtherNames = { ...OTHER_NAMES, ...NAMES_OF_CONTAINER_CODE, ...NAMES_OF_PLACE };
const NAMES_OF_TYPESCRIPT: OtherNames = { ...OTHER_NAMES, ...NAMES_OF_CONTAINER_TYPESCRIPT, ...NAMES_OF_PLACE };

const SUBMIT = 'arn:aws:states:::batch:submitJob.sync';

const CHARGE = {
  what: 'EC2 or Fargate of the compute environment; Batch itself takes nothing',
  open: 'on what a job runs, its queue decides',
  source: 'https://aws.amazon.com/batch/pricing/',
};

function made(job: JobParameters): Template<JobOutput> {
  return template({
    service: 'batch',
    kind: 'batch.job',
    outputShape: answerShape(SUBMIT, ['JobId', 'JobName', 'Status', 'Container']),
    sample: batch.samples.job,
    charge: CHARGE,
    lower: (context) => callFragment(SUBMIT, argumentsOf(job, context), context),
    permissions: () => (job.tags ? [tagging()] : []),
  });
}

const OF_CODE = codeTemplates<JobPlace>('batch.job', madeOfCode);

function madeOfCode<Output>(spec: JobPlace & JobOptions, code: ContainerCode): Template<Output> {
  const { jobCode, outputShape } = code;
  return template({
    service: 'batch',
    kind: 'batch.job',
    jobCode,
    ...(outputShape && { outputShape }),
    charge: CHARGE,
    lower: (context) => {
      const args = argumentsOf({ ...spec, ...codeOverride(context.task, spec, code) }, context);
      return containerFragment(spec, code, { resource: SUBMIT, args, sample: batch.samples.job }, context);
    },
    permissions: () => (spec.tags ? [tagging()] : []),
    roles: (context) => [
      { role: spec.role, assumedBy: 'ecs-tasks.amazonaws.com', permissions: needsOfCode(spec, context) },
    ],
  });
}

/** Tagging the job in the call that makes it. @see https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html */
function tagging(): Permission {
  const jobs = `arn:${builtIn('partition')}:batch:${builtIn('region')}:${builtIn('account')}:job/*`;
  return { actions: ['batch:TagResource'], resources: [jobs] };
}

/** A job's own time limit, which Batch takes from a minute on. */
const LEAST_SECONDS = 60;

/** Of letters, digits, `-` and `_`. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html */
function jobName({ dag, task }: Pick<LoweringContext, 'dag' | 'task'>): string {
  return ownLabel({ dag, task: task.replaceAll('.', '_') }, 128);
}

function argumentsOf(job: JobParameters, { dag, task, timeoutSeconds }: LoweringContext): object {
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
    JobName: job.name ?? jobName({ dag, task }),
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
