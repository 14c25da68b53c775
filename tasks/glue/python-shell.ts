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
import { checkedTemplate, file, filledValues, type OtherNames, roleNameOrArn, textMap } from '../checked.ts';
import {
  CODE_JOB,
  type CodeJob,
  codeArguments,
  codeFragment,
  handlerIn,
  isCode,
  NAMES_OF_CODE,
  needsOfCode,
} from '../code-job.ts';
import { ownName } from '../own-names.ts';
import { type InFile, inFile, shapeOfAnswer, sourceOf } from '../python-function.ts';
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
export function pythonShell(parameters: PythonShellParameters): Template<JobRunOutput>;
/**
 * Runs a function in Python as a Glue Python shell job, for what takes longer than Lambda's 15 minutes, or more memory. The file goes there
 * with the modules beside it that it imports and the packages of `requirements`: a run, a rollback and a resume use the code that was
 * deployed with theirs. What it returns is the task's output, at most 250 KB of JSON. What it raises fails the task under the exception's
 * name, for `retries` and `skipOn`.
 *
 * @param file from the project's root: `functions/clean.py`
 * @typeParam Output what the function returns
 * @throws Stop where the options are at fault
 * @example
 * ```ts
 * const cleaned = dag.task(
 *   'clean',
 *   glue.pythonShell<{ kept: number }>('functions/clean.py', { handler: 'clean', input: { day: dag.logicalDate }, role: 'clean', maxCapacity: 1 }),
 *   { executionTimeout: '2h' },
 * );
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: what a function returns is JSON of any make, unless its caller says more
export function pythonShell<Output = any>(file: string, spec: PythonShellFunction): Template<Output>;
export function pythonShell(first: unknown, spec?: unknown): Template {
  return isCode(first, spec)
    ? checkedTemplate('glue.pythonShell', inFile(first, spec), FUNCTION, madeOfCode, NAMES_OF_FUNCTION)
    : checkedTemplate('glue.pythonShell', first, PYTHON_SHELL, made, OTHER_NAMES);
}

/** A function in Python that a Glue Python shell job runs. */
export interface PythonShellFunction extends CodeJob {
  /** The role that the job assumes. */
  readonly role: string;
  /** Data processing units: 0.0625 (1 GB of memory) or 1 (16 GB). Default 0.0625. */
  readonly maxCapacity?: 0.0625 | 1;
  /** The job's name. Default `<machine>_<task>`. */
  readonly name?: string;
}

const FUNCTION: ChecksOf<InFile<PythonShellFunction>> = {
  ...CODE_JOB,
  role: required(roleNameOrArn),
  maxCapacity: oneOf([0.0625, 1]),
  name: filled,
};

const PYTHON_SHELL: ChecksOf<PythonShellParameters> = {
  script: required(file),
  role: required(roleNameOrArn),
  args: textMap,
  modules: filledValues,
  maxCapacity: oneOf([0.0625, 1]),
  name: filled,
};

const SIZES: OtherNames = {
  dpu: 'maxCapacity',
  capacity: 'maxCapacity',
  numofdpus: 'maxCapacity',
  glueversion: 'Python shell jobs run on Python 3.9: leave it out.',
  pythonversion: 'Python shell jobs run on Python 3.9: leave it out.',
  workertype: 'A Python shell job has one worker: leave it out; `maxCapacity` is its size.',
  numberofworkers: 'A Python shell job has one worker: leave it out; `maxCapacity` is its size.',
};

const OTHER_NAMES: OtherNames = { ...NAMES_OF_JOBS, ...handlerIn('glue.pythonShell'), ...SIZES };

const NAMES_OF_FUNCTION: OtherNames = {
  ...NAMES_OF_JOBS,
  ...NAMES_OF_CODE,
  ...SIZES,
  memory: 'A Python shell job has 1 GB of memory, or 16 GB with `maxCapacity: 1`.',
  runtime: 'Python shell jobs run on Python 3.9: leave it out.',
  architecture: 'Python shell jobs run on x86_64: leave it out.',
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

function lower({ script, modules, args, name, ...size }: PythonShellParameters, context: LoweringContext): Fragment {
  const job = jobOf(script, size, context);
  return jobThenRun({ name, job, args: runArguments({ script, modules, args }) }, context);
}

/** What runs a function: a script of ours, which fetches the archive. */
const RUNNER = 'dagwright:engines/functions/run_code.py';

function madeOfCode<Output>(spec: InFile<PythonShellFunction>): Template<Output> {
  const { role, maxCapacity, name } = spec;
  return template({
    service: 'glue',
    kind: 'glue.pythonShell',
    assets: [RUNNER],
    jobCode: { source: sourceOf(spec), runtime: 'python3.9', architecture: 'x86_64' },
    ...shapeOfAnswer(spec),
    charge: shellCharge(maxCapacity ?? 0.0625),
    lower: (context) => {
      const job = jobOf(RUNNER, { role, maxCapacity }, context);
      const args = runArguments({ script: RUNNER, args: { ...codeArguments(context.task) } });
      return codeFragment(spec, context, jobThenRun({ name, job, args }, context));
    },
    permissions: ({ task }) => [tags(`job/${name ?? ownName(task)}`)],
    roles: (context) => [{ role, permissions: [...needsOfCode(spec, context), writesLogs('python-jobs/*')] }],
  });
}

function jobOf(
  script: string,
  { role, maxCapacity = 0.0625 }: { readonly role: string; readonly maxCapacity?: number | undefined },
  { timeoutSeconds }: LoweringContext,
): object {
  return {
    Role: role,
    Command: { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: located(script) },
    // What runs Python 3.9: without it Glue takes its newest version.
    GlueVersion: '3.0',
    MaxCapacity: maxCapacity,
    // Logical dates of a backfill run at a time.
    ExecutionProperty: { MaxConcurrentRuns: MOST_RUNS },
    Timeout: minutesOf(timeoutSeconds),
  };
}
