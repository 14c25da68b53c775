import {
  type ChecksOf,
  type Fragment,
  filled,
  flag,
  type LoweringContext,
  oneOf,
  type Permission,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import {
  type Conflict,
  checkedTemplate,
  file,
  filledValues,
  formed,
  type OtherNames,
  roleNameOrArn,
  textMap,
} from '../checked.ts';
import { ownName } from '../own-names.ts';
import { assetsAmong, located, readsAndWritesBuckets, readsAssets } from '../s3-access.ts';
import { usesIceberg } from './iceberg-access.ts';
import {
  type JobRunOutput,
  jobThenRun,
  MOST_RUNS,
  minutesOf,
  NAMES_OF_JOBS,
  RUN_JOB,
  runArguments,
} from './job-run.ts';
import { sparkCharge } from './prices.ts';
import { tags, usesCatalog, usesConnections, writesLogs } from './roles.ts';
import { WORKERS, type WorkerType } from './workers.ts';

/** A Spark job on Glue. */
export interface JobParameters {
  /** A Python file of the project, or an `s3://` path of a Python file or a Scala file. */
  readonly script: string;
  /** The role that the job assumes. */
  readonly role: string;
  /** How many workers the job has, the driver's among them: from 2 on. */
  readonly numberOfWorkers: number;
  /** Default `G.1X`: 4 vCPUs and 16 GB of memory. */
  readonly workerType?: WorkerType;
  /** Which Spark and Python there are: 5.1 has Spark 3.5.6 and Python 3.11. Default `5.1`. */
  readonly glueVersion?: string;
  /** What the script is given, as `--name value`. */
  readonly args?: { readonly [name: string]: string };
  /** Packages that are installed first, `name==version`. */
  readonly modules?: readonly string[];
  /** Further Python files and zips of the project or in S3, which the script imports. */
  readonly pyFiles?: readonly string[];
  readonly jars?: readonly string[];
  /** Files beside the script. */
  readonly files?: readonly string[];
  /** Spark properties, as `--conf`. */
  readonly conf?: { readonly [property: string]: string };
  /** Table formats whose libraries Glue adds. */
  readonly datalakeFormats?: readonly ('iceberg' | 'hudi' | 'delta')[];
  /** The object of a Scala script with `main`. */
  readonly mainClass?: string;
  /** The job remembers which data it has read, and goes on behind it. The script calls `job.init` and `job.commit`. Default false. */
  readonly bookmarks?: boolean;
  /** Names of Glue connections, through whose network the job reaches databases. */
  readonly connections?: readonly string[];
  /** Databases of the Data Catalog whose tables the script reads and writes, for the role that deploy makes. */
  readonly databases?: readonly string[];
  /** Runs at a time. Default 50, and 1 with bookmarks. */
  readonly maxConcurrentRuns?: number;
  /** `FLEX` runs on spare capacity: it costs less, and starts and ends when it can. Default `STANDARD`. */
  readonly executionClass?: 'STANDARD' | 'FLEX';
  /** The name of Glue's security configuration, which says how logs, bookmarks and data are encrypted. */
  readonly securityConfiguration?: string;
  /** The job's name. Default `<machine>_<task>`. */
  readonly name?: string;
}

/**
 * Runs a script as a Glue Spark job (`glueetl`) and waits for its end. The job is made where it is missing, and else given what the DAG says
 * of it today. With an `executionTimeout` Glue itself ends the run as well, a minute after the task's time is up; without one after two days.
 * @see https://docs.aws.amazon.com/glue/latest/dg/add-job.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'clean',
 *   glue.job({ script: 's3://my-jobs/clean.py', role: 'glue-jobs', numberOfWorkers: 2, args: { day: dag.logicalDate } }),
 *   { executionTimeout: '1h' },
 * );
 * ```
 */
export function job(parameters: JobParameters): Template<JobRunOutput> {
  return checkedTemplate('glue.job', parameters, JOB, made, OTHER_NAMES, conflicts);
}

const JOB: ChecksOf<JobParameters> = {
  script: required(file),
  role: required(roleNameOrArn),
  numberOfWorkers: required(wholeNumber(2, 299)),
  workerType: oneOf(Object.keys(WORKERS)),
  glueVersion: formed('a version of Glue, `5.1`', (text) => /^\d+\.\d$/.test(text)),
  args: textMap,
  modules: filledValues,
  pyFiles: filledValues,
  jars: filledValues,
  files: filledValues,
  conf: textMap,
  datalakeFormats: filledValues,
  mainClass: filled,
  bookmarks: flag,
  connections: filledValues,
  databases: filledValues,
  maxConcurrentRuns: wholeNumber(1, 1000),
  executionClass: oneOf(['STANDARD', 'FLEX']),
  securityConfiguration: filled,
  name: filled,
};

const OTHER_KINDS =
  '`glue.job` makes Spark jobs in Python and Scala (`glueetl`): a Ray job and a streaming job are made elsewhere, and run by `glue.startJob({ … })`, a streaming job with `wait: false`, as it has no end.';

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_JOBS,
  jobtype: OTHER_KINDS,
  kind: OTHER_KINDS,
  ray: OTHER_KINDS,
  runtime: OTHER_KINDS,
  streaming: OTHER_KINDS,
  type: OTHER_KINDS,
  version: 'glueVersion',
  workers: 'numberOfWorkers',
  workercount: 'numberOfWorkers',
  numworkers: 'numberOfWorkers',
  numofdpus: 'A Spark job has `numberOfWorkers` workers of a `workerType`, G.1X being one DPU.',
  maxcapacity: 'A Spark job has `numberOfWorkers` workers of a `workerType`, G.1X being one DPU.',
  allocatedcapacity: 'A Spark job has `numberOfWorkers` workers of a `workerType`, G.1X being one DPU.',
  extrapyfiles: 'pyFiles',
  extrapythonfiles: 'pyFiles',
  extrajars: 'jars',
  extrafiles: 'files',
  sparkconf: 'conf',
  class: 'mainClass',
  classname: 'mainClass',
  jobbookmark: 'bookmarks',
  jobbookmarkoption: 'bookmarks',
  bookmark: 'bookmarks',
  concurrency: 'maxConcurrentRuns',
  concurrentrunlimit: 'maxConcurrentRuns',
  executionproperty: 'maxConcurrentRuns',
  flex: "Write `executionClass: 'FLEX'`.",
  maxretries: 'It is an option of the task here: `dag.task(id, template, { retries: … })`.',
  retrylimit: 'It is an option of the task here: `dag.task(id, template, { retries: … })`.',
};

function conflicts({ workerType = 'G.1X', glueVersion, maxConcurrentRuns = 1, ...job }: JobParameters): Conflict[] {
  const version = Number(glueVersion ?? NEWEST);
  const { since } = WORKERS[workerType];
  return [
    ...(version < since
      ? [
          {
            detail: `workers of the type ${workerType} are there from Glue ${since}.0 on, and glueVersion is ${glueVersion}`,
            instead: `Write \`glueVersion: '${NEWEST}'\`, or another workerType.`,
          },
        ]
      : []),
    ...(job.executionClass === 'FLEX' && version < 3
      ? [
          {
            detail: `executionClass is FLEX, which is there from Glue 3.0 on, and glueVersion is ${glueVersion}`,
            instead: `Write \`glueVersion: '${NEWEST}'\`, or leave executionClass out.`,
          },
        ]
      : []),
    ...(job.bookmarks && maxConcurrentRuns > 1
      ? [
          {
            detail: `bookmarks are on, and maxConcurrentRuns is ${maxConcurrentRuns}: runs at a time would overwrite each other’s bookmark`,
            instead: 'Leave maxConcurrentRuns out, or bookmarks.',
          },
        ]
      : []),
  ];
}

const NEWEST = '5.1';

function made(parameters: JobParameters): Template<JobRunOutput> {
  const { workerType = 'G.1X', numberOfWorkers, executionClass } = parameters;
  const assets = assetsAmong(filesOf(parameters));
  return template({
    service: 'glue',
    kind: 'glue.job',
    assets,
    outputShape: answerShape(RUN_JOB, ['Id', 'JobName', 'JobRunState']),
    charge: sparkCharge(workerType, numberOfWorkers, executionClass === 'FLEX'),
    lower: (context) => lower(parameters, context),
    permissions: ({ task }) => [tags(`job/${parameters.name ?? ownName(task)}`)],
    roles: () => [{ role: parameters.role, permissions: needsOf(parameters, assets) }],
  });
}

function filesOf({ script, pyFiles = [], jars = [], files = [] }: JobParameters): string[] {
  return [script, ...pyFiles, ...jars, ...files];
}

function lower(parameters: JobParameters, context: LoweringContext): Fragment {
  const { script, role, args, modules, connections = [], securityConfiguration, name } = parameters;
  const { bookmarks = false, maxConcurrentRuns = bookmarks ? 1 : MOST_RUNS } = parameters;
  const job = {
    Role: role,
    Command: { Name: 'glueetl', PythonVersion: '3', ScriptLocation: located(script) },
    GlueVersion: parameters.glueVersion ?? NEWEST,
    WorkerType: parameters.workerType ?? 'G.1X',
    NumberOfWorkers: parameters.numberOfWorkers,
    ...(parameters.executionClass && { ExecutionClass: parameters.executionClass }),
    ...(connections.length > 0 && { Connections: { Connections: connections } }),
    ...(securityConfiguration !== undefined && { SecurityConfiguration: securityConfiguration }),
    ExecutionProperty: { MaxConcurrentRuns: maxConcurrentRuns },
    Timeout: minutesOf(context.timeoutSeconds),
  };
  return jobThenRun(
    { name, job, args: runArguments({ script, modules, special: special(parameters), args }) },
    context,
  );
}

/** Arguments that Glue itself reads. */
function special(parameters: JobParameters): { readonly [name: string]: string } {
  const { pyFiles = [], jars = [], files = [], conf = {}, datalakeFormats = [], mainClass, bookmarks } = parameters;
  const list = (name: string, all: readonly string[]) => (all.length > 0 ? { [name]: all.map(located).join(',') } : {});
  const settings = Object.entries(conf).map(([property, value]) => `${property}=${value}`);
  return {
    ...(mainClass !== undefined && { '--job-language': 'scala', '--class': mainClass }),
    ...list('--extra-py-files', pyFiles),
    ...list('--extra-jars', jars),
    ...list('--extra-files', files),
    ...(datalakeFormats.length > 0 && { '--datalake-formats': datalakeFormats.join(',') }),
    // One argument: what follows the first setting repeats the option.
    ...(settings.length > 0 && { '--conf': settings.join(' --conf ') }),
    '--job-bookmark-option': bookmarks ? 'job-bookmark-enable' : 'job-bookmark-disable',
  };
}

/** What the job does with its role. */
function needsOf(parameters: JobParameters, assets: readonly string[]): Permission[] {
  const { args = {}, conf = {}, connections = [], databases = [] } = parameters;
  return [
    ...readsAssets(assets),
    ...readsAndWritesBuckets([...filesOf(parameters), ...Object.values(args), ...Object.values(conf)]),
    ...usesIceberg(conf),
    ...usesCatalog(databases),
    ...usesConnections(connections),
    writesLogs('jobs/*'),
  ];
}
