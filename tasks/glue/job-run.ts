import type { Fragment, LoweringContext } from '../../authoring/internal.ts';
import type { OtherNames } from '../checked.ts';
import { machineTag, ownName } from '../own-names.ts';
import { located } from '../s3-access.ts';

export const RUN_JOB = 'arn:aws:states:::glue:startJobRun.sync';

/** What Glue answers of a run that has ended. */
export interface JobRunOutput {
  readonly Id: string;
  readonly JobName: string;
  readonly JobRunState: string;
}

/** As many runs of one job as an account may have of all, where nobody raised its quota. */
export const MOST_RUNS = 50;

/** Two days, which Glue takes of a job up to version 4.0 that says nothing. */
const LONGEST_MINUTES = 2880;

/** A job's own time limit in minutes: above that of the task, which is over first. */
export function minutesOf(timeoutSeconds: number | undefined): number {
  return timeoutSeconds === undefined ? LONGEST_MINUTES : Math.ceil(timeoutSeconds / 60) + 1;
}

/** What other tools call the parameters that every Glue job has. */
export const NAMES_OF_JOBS: OtherNames = {
  scriptlocation: 'script',
  entrypoint: 'script',
  command: 'script',
  iamrole: 'role',
  iamrolename: 'role',
  iamrolearn: 'role',
  rolearn: 'role',
  jobrole: 'role',
  executionrole: 'role',
  arguments: 'args',
  defaultarguments: 'args',
  scriptargs: 'args',
  additionalpythonmodules: 'modules',
  pythonmodules: 'modules',
  requirements: 'modules',
  jobname: 'name',
  s3bucket: 'The script is uploaded with the machine, or is an `s3://` path itself: leave it out.',
  createjobkwargs: 'Its members are fields of their own here, in camelCase.',
  runjobkwargs: 'Its members are fields of their own here, in camelCase.',
  regionname: 'The machine calls the services of its own region: leave it out.',
};

/**
 * The arguments of a run: its script, what is installed first, and what the script is given. Each run names its script, so that runs of two
 * versions at a time run each its own.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
export function runArguments({
  script,
  modules = [],
  special = {},
  args = {},
}: {
  readonly script: string;
  readonly modules?: readonly string[] | undefined;
  /** Arguments that Glue itself reads. */
  readonly special?: { readonly [name: string]: string };
  readonly args?: { readonly [name: string]: string } | undefined;
}): { readonly [name: string]: string } {
  return {
    '--scriptLocation': located(script),
    ...(modules.length && { '--additional-python-modules': modules.join(',') }),
    ...special,
    ...ownArguments(args),
  };
}

/** What the script is given, as `--name value`; people write the dashes, too. */
export function ownArguments(args: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [`--${key.replace(/^-+/, '')}`, value]));
}

/** A job as the DAG says it, and a run of it. */
interface JobThenRun {
  /** Default `<machine>_<task>`. */
  readonly name: string | undefined;
  /** CreateJob's and UpdateJob's parameters. */
  readonly job: object;
  readonly args: { readonly [name: string]: string };
}

/** Makes the job where it is missing, else gives it what the DAG says of it today; then runs it and waits for its end. */
export function jobThenRun(
  { job, args, ...rest }: JobThenRun,
  { dag, task, timeoutSeconds }: LoweringContext,
): Fragment {
  const name = rest.name ?? ownName(task);
  return {
    start: 'job',
    samples: { run: { Id: 'jr_0000', JobName: `${dag}_${task}`, JobRunState: 'SUCCEEDED' } },
    states: {
      job: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:createJob',
        Arguments: { Name: name, ...job, Tags: machineTag() },
        // Glue says the second of a job that was made with other parameters.
        Catch: [
          { ErrorEquals: ['Glue.AlreadyExistsException', 'Glue.IdempotentParameterMismatchException'], Next: 'update' },
        ],
        Next: 'run',
      },
      update: {
        Type: 'Task',
        Comment: 'A job that was there follows the DAG.',
        Resource: 'arn:aws:states:::aws-sdk:glue:updateJob',
        Arguments: { JobName: name, JobUpdate: job },
        // Two runs at a time say the same.
        Retry: [
          {
            ErrorEquals: ['Glue.ConcurrentModificationException'],
            IntervalSeconds: 2,
            MaxAttempts: 6,
            BackoffRate: 2,
            JitterStrategy: 'FULL',
          },
        ],
        Next: 'run',
      },
      run: {
        Type: 'Task',
        Resource: RUN_JOB,
        Arguments: { JobName: name, Arguments: args },
        ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
        End: true,
      },
    },
  };
}
