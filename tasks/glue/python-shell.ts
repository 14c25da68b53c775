import {
  type ChecksOf,
  type Fragment,
  filled,
  type LoweringContext,
  oneOf,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import { checkedTemplate, file, filledValues, type OtherNames, textMap } from '../checked.ts';
import { machineTag, ownName } from '../own-names.ts';
import { assetsAmong, located, readsAndWritesBuckets, readsAssets } from '../s3-access.ts';
import { shellCharge } from './prices.ts';
import { tags, writesLogs } from './roles.ts';

/** A Python script on Glue, without Spark and without a cluster. */
export interface PythonShellParameters {
  /** A Python file of the project, or an `s3://` path. It runs on Python 3.9. */
  readonly script: string;
  /** The role that the job assumes. */
  readonly role: string;
  /** What the script is given, as `--name value`. */
  readonly args?: { readonly [name: string]: string };
  /** Packages that are installed first, `name==version`. */
  readonly modules?: readonly string[];
  /** Data processing units: 0.0625 (1 GB of memory) or 1 (16 GB). Default 0.0625. */
  readonly maxCapacity?: 0.0625 | 1;
  /** The job's name. Default `<machine>_<task>`. */
  readonly name?: string;
}

export interface JobRunOutput {
  readonly Id: string;
  readonly JobName: string;
  readonly JobRunState: string;
}

/**
 * Runs a script as a Glue Python shell job, which is made where it is missing and else given what the DAG says of it today: role,
 * capacity, time limit. Each run names its script, so that runs of two versions at a time run each its own.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html
 *
 * @example
 * ```ts
 * dag.task('ingest', glue.pythonShell({ script: 'spark/ingest.py', role: 'ingest' }), { executionTimeout: '1h' });
 * ```
 */
export function pythonShell(parameters: PythonShellParameters): Template<JobRunOutput> {
  return checkedTemplate('glue.pythonShell', parameters, PYTHON_SHELL, made, OTHER_NAMES);
}

const PYTHON_SHELL: ChecksOf<PythonShellParameters> = {
  script: required(file),
  role: required(filled),
  args: textMap,
  modules: filledValues,
  maxCapacity: oneOf([0.0625, 1]),
  name: filled,
};

const OTHER_NAMES: OtherNames = {
  scriptlocation: 'script',
  entrypoint: 'script',
  command: 'script',
  iamrole: 'role',
  iamrolename: 'role',
  rolearn: 'role',
  jobrole: 'role',
  executionrole: 'role',
  arguments: 'args',
  defaultarguments: 'args',
  scriptargs: 'args',
  additionalpythonmodules: 'modules',
  pythonmodules: 'modules',
  requirements: 'modules',
  dpu: 'maxCapacity',
  capacity: 'maxCapacity',
  jobname: 'name',
  glueversion: 'Python shell jobs run on Python 3.9: leave it out.',
  pythonversion: 'Python shell jobs run on Python 3.9: leave it out.',
  workertype: 'A Python shell job has one worker: leave it out; `maxCapacity` is its size.',
  numberofworkers: 'A Python shell job has one worker: leave it out; `maxCapacity` is its size.',
};

const RUN_JOB = 'arn:aws:states:::glue:startJobRun.sync';

function made(parameters: PythonShellParameters): Template<JobRunOutput> {
  const { script } = parameters;
  return template({
    service: 'glue',
    kind: 'glue.pythonShell',
    assets: assetsAmong([script]),
    outputShape: answerShape(RUN_JOB, ['Id', 'JobName', 'JobRunState']),
    charge: shellCharge(parameters.maxCapacity ?? 0.0625),
    lower: (context) => lower(parameters, context),
    permissions: ({ task }) => [tags(`job/${parameters.name ?? ownName(task)}`)],
    roles: () => [
      {
        role: parameters.role,
        permissions: [
          ...readsAssets(assetsAmong([script])),
          ...readsAndWritesBuckets([script, ...Object.values(parameters.args ?? {})]),
          writesLogs('python-jobs/*'),
        ],
      },
    ],
  });
}

function lower(parameters: PythonShellParameters, { dag, task, timeoutSeconds }: LoweringContext): Fragment {
  const { script, role, args = {}, modules = [], maxCapacity = 0.0625 } = parameters;
  const name = parameters.name ?? ownName(task);
  const job = {
    Role: role,
    Command: { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: located(script) },
    // What runs Python 3.9: without it Glue takes its newest version.
    GlueVersion: '3.0',
    MaxCapacity: maxCapacity,
    // Logical dates of a backfill run at a time.
    ExecutionProperty: { MaxConcurrentRuns: MOST_RUNS },
    Timeout: timeoutSeconds === undefined ? LONGEST_MINUTES : Math.ceil(timeoutSeconds / 60) + 1,
  };
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
        Arguments: {
          JobName: name,
          Arguments: {
            '--scriptLocation': located(script),
            ...(modules.length && { '--additional-python-modules': modules.join(',') }),
            ...Object.fromEntries(Object.entries(args).map(([key, value]) => [`--${key}`, value])),
          },
        },
        ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
        End: true,
      },
    },
  };
}

/** As many runs of one job as an account may have of all, where nobody raised its quota. */
const MOST_RUNS = 50;

/** Two days, which Glue takes where a job says nothing. */
const LONGEST_MINUTES = 2880;
