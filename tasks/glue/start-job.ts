import {
  type ChecksOf,
  filled,
  flag,
  oneOf,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, type OtherNames, textMap } from '../checked.ts';
import { type JobRunOutput, NAMES_OF_JOBS, ownArguments, RUN_JOB } from './job-run.ts';
import { sparkCharge } from './prices.ts';
import { WORKERS, type WorkerType } from './workers.ts';

/** A run of a Glue job that is there. */
export interface StartJobParameters {
  /** The job's name: a text, an env value or a param. */
  readonly job: string;
  /** What the script is given, as `--name value`; they come over the job's default arguments. */
  readonly args?: { readonly [name: string]: string };
  /** Whether the task waits for the run's end. Default true. */
  readonly wait?: boolean;
  /** Other workers than the job says; both fields or none. */
  readonly workerType?: WorkerType;
  readonly numberOfWorkers?: number;
  readonly securityConfiguration?: string;
}

/** What Glue answers of a run that nobody waits for. */
export interface StartedJobRun {
  readonly JobRunId: string;
}

/**
 * Runs a Glue job that is there, of whichever kind: Spark, Ray or Python shell. The job's role and script are its owner's business. With
 * `wait: false` the task is done when the run has begun.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html
 *
 * @example
 * ```ts
 * dag.task('nightly', glue.startJob({ job: 'nightly-load', args: { day: dag.logicalDate } }), { executionTimeout: '2h' });
 * dag.task('forgotten', glue.startJob({ job: 'warm-up', wait: false }));
 * ```
 */
export function startJob(parameters: StartJobParameters & { readonly wait: false }): Template<StartedJobRun>;
export function startJob(parameters: StartJobParameters): Template<JobRunOutput>;
export function startJob(parameters: StartJobParameters): Template<JobRunOutput | StartedJobRun> {
  return checkedTemplate('glue.startJob', parameters, START_JOB, made, OTHER_NAMES, conflicts);
}

const START_JOB: ChecksOf<StartJobParameters> = {
  job: required(filled),
  args: textMap,
  wait: flag,
  workerType: oneOf(Object.keys(WORKERS)),
  numberOfWorkers: wholeNumber(2, 299),
  securityConfiguration: filled,
};

const { jobname: _name, scriptlocation: _script, ...SHARED } = NAMES_OF_JOBS;
const NOT_HERE = 'The job that is there has it; `glue.job({ … })` makes one.';

const OTHER_NAMES: OtherNames = {
  ...SHARED,
  jobname: 'job',
  name: 'job',
  waitforcompletion: 'wait',
  sync: 'wait',
  script: NOT_HERE,
  scriptlocation: NOT_HERE,
  role: NOT_HERE,
  iamrolename: NOT_HERE,
  glueversion: NOT_HERE,
  createjobkwargs: NOT_HERE,
  deferrable: 'Waiting costs nothing here: leave it out.',
};

function conflicts({ workerType, numberOfWorkers }: StartJobParameters): Conflict[] {
  if ((workerType === undefined) === (numberOfWorkers === undefined)) return [];
  const [given, missing] =
    workerType === undefined ? ['numberOfWorkers', 'workerType'] : ['workerType', 'numberOfWorkers'];
  return [
    { detail: `${given} is given without ${missing}`, instead: 'Write both, or neither: then the job’s own count.' },
  ];
}

const START = 'arn:aws:states:::glue:startJobRun';

function made(parameters: StartJobParameters): Template<JobRunOutput | StartedJobRun> {
  const { job, args = {}, wait = true, workerType, numberOfWorkers, securityConfiguration } = parameters;
  const resource = wait ? RUN_JOB : START;
  return template({
    service: 'glue',
    kind: 'glue.startJob',
    outputShape: answerShape(resource, wait ? ['Id', 'JobName', 'JobRunState'] : ['JobRunId']),
    sample: wait ? { Id: 'jr_0000', JobName: 'job', JobRunState: 'SUCCEEDED' } : { JobRunId: 'jr_0000' },
    charge: sparkCharge(workerType, numberOfWorkers),
    ...(!wait && { goesOn: 'Glue job run' }),
    lower: () =>
      callFragment(resource, {
        JobName: job,
        ...(Object.keys(args).length > 0 && { Arguments: ownArguments(args) }),
        ...(workerType && { WorkerType: workerType, NumberOfWorkers: numberOfWorkers }),
        ...(securityConfiguration !== undefined && { SecurityConfiguration: securityConfiguration }),
      }),
    permissions: () => [],
  });
}
