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
import { ownName } from '../own-names.ts';
import { assetsAmong, located, readsAndWritesBuckets, readsAssets } from '../s3-access.ts';
import {
  type JobRunOutput,
  jobThenRun,
  MOST_RUNS,
  minutesOf,
  NAMES_OF_JOBS,
  RUN_JOB,
  runArguments,
} from './job-run.ts';
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
  ...NAMES_OF_JOBS,
  dpu: 'maxCapacity',
  capacity: 'maxCapacity',
  numofdpus: 'maxCapacity',
  glueversion: 'Python shell jobs run on Python 3.9: leave it out.',
  pythonversion: 'Python shell jobs run on Python 3.9: leave it out.',
  workertype: 'A Python shell job has one worker: leave it out; `maxCapacity` is its size.',
  numberofworkers: 'A Python shell job has one worker: leave it out; `maxCapacity` is its size.',
};

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

function lower(parameters: PythonShellParameters, context: LoweringContext): Fragment {
  const { script, role, args, modules, maxCapacity = 0.0625, name } = parameters;
  const { timeoutSeconds } = context;
  const job = {
    Role: role,
    Command: { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: located(script) },
    // What runs Python 3.9: without it Glue takes its newest version.
    GlueVersion: '3.0',
    MaxCapacity: maxCapacity,
    // Logical dates of a backfill run at a time.
    ExecutionProperty: { MaxConcurrentRuns: MOST_RUNS },
    Timeout: minutesOf(timeoutSeconds),
  };
  return jobThenRun({ name, job, args: runArguments({ script, modules, args }) }, context);
}
