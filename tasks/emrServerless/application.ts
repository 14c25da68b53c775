import type { Duration, TaskRef } from '../../authoring/index.ts';
import {
  type ChecksOf,
  contextReference,
  duration,
  durationMs,
  expression,
  type Fragment,
  filled,
  flag,
  handleInfo,
  json,
  type LoweringContext,
  listOf,
  object,
  oneOf,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import { checkedTemplate, filledValues, formed, handleOrId, type OtherNames, s3Path, textMap } from '../checked.ts';
import { machineLabel } from '../own-names.ts';
import { EXECUTION_TAG } from '../service.ts';
import { onBehalf, onOurs, requested } from './application-access.ts';
import { capacityCharge } from './prices.ts';
import { emrServerless } from './service.ts';

/** An EMR Serverless application: Spark of a release, on which jobs run without a cluster. */
export interface ApplicationParameters {
  /** The EMR release, `emr-7.13.0`: it decides the version of Spark. */
  readonly release: string;
  /** Default: the machine's name, which is the environment's prefix and the DAG's id, or the id alone where the two could have more than 64 characters. */
  readonly name?: string;
  /** Default `x86_64`. */
  readonly architecture?: 'x86_64' | 'arm64';
  /** Workers that are kept ready; they cost money while the application is started. */
  readonly initialCapacity?: { readonly driver?: Workers; readonly executor?: Workers };
  /** What all workers may take together. */
  readonly maximumCapacity?: { readonly cpu: string; readonly memory: string; readonly disk?: string };
  /** Whether it is started at once, so that `initialCapacity` is ready before the first job. Default false: the first job starts it. */
  readonly started?: boolean;
  /** It stops by itself after this time without a job. 1 minute to 7 days; default 15 minutes. */
  readonly idleTimeout?: Duration;
  /** A network that jobs reach; without it they reach S3 and other services of AWS in the region. */
  readonly subnets?: readonly string[];
  readonly securityGroups?: readonly string[];
  /** Classifications as CreateApplication takes them in `RuntimeConfiguration`. */
  readonly configurations?: readonly object[];
  /** Where the logs of its jobs go, `s3://bucket/prefix/`; a job may name another place. Default: EMR keeps them for 30 days. */
  readonly logs?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** Workers of one kind. */
export interface Workers {
  readonly count: number;
  /** `4 vCPU` */
  readonly cpu: string;
  /** `16 GB` */
  readonly memory: string;
  /** `20 GB` */
  readonly disk?: string;
}

/** What the jobs on the application need of it. */
export interface ApplicationOutput {
  readonly ApplicationId: string;
}

/** An application that a job runs on: the handle of a setup that makes one, or the id of one that is there already. */
export type Application = TaskRef<ApplicationOutput> | string;

/**
 * An application for the jobs that are given its handle: `dag.setup('application', emrServerless.application({…}))`. It brings its
 * teardown, `delete_<id>`, which stops and deletes it as soon as no job needs it, whatever failed.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html
 *
 * @example
 * ```ts
 * const application = dag.setup('application', emrServerless.application({ release: 'emr-7.13.0' }));
 * dag.task(
 *   'clean',
 *   emrServerless.spark({
 *     application,
 *     role: 'arn:aws:iam::123456789012:role/spark',
 *     script: 's3://my-jobs/clean.py',
 *   }),
 * );
 * ```
 */
export function application(parameters: ApplicationParameters): Template<ApplicationOutput> {
  return checkedTemplate('emrServerless.application', parameters, APPLICATION, made, OTHER_NAMES);
}

/** @see https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/release-versions.html */
const release = formed('a release label of EMR from 6.6.0 on, `emr-7.13.0`', isRelease);

function isRelease(label: string): boolean {
  const [, spark, major, minor] = /^emr-(spark-)?(\d+)\.(\d+)\.\d+/.exec(label) ?? [];
  return major !== undefined && (spark !== undefined || Number(major) > 6 || (major === '6' && Number(minor) >= 6));
}
/**
 * A size as EMR Serverless takes it; one that only a deploy or a run knows is EMR's to check.
 * @see https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_WorkerResourceConfig.html
 */
const size = (wanted: string, form: RegExp) => formed(wanted, (text) => form.test(text));
const workerCpu = size('1, 2, 4, 8 or 16 vCPUs, `4 vCPU`', /^(?:1|2|4|8|16)\s?(?:vCPU|vcpu|VCPU)?$/);
const cpu = size('a number of vCPUs, `400 vCPU`', /^[1-9]\d*\s?(?:vCPU|vcpu|VCPU)?$/);
const memory = size('a number of GB, `16 GB`', /^[1-9]\d*\s?(?:GB|gb|gB|Gb)?$/);
const disk = size('a number of GB, `20 GB`', /^[1-9]\d*\s?(?:GB|gb|gB|Gb)$/);

const WORKERS: ChecksOf<Workers> = {
  count: required(wholeNumber(1, 1_000_000)),
  cpu: required(workerCpu),
  memory: required(memory),
  disk,
};
const CAPACITY: ChecksOf<NonNullable<ApplicationParameters['initialCapacity']>> = {
  driver: object(WORKERS, "{ count: 1, cpu: '4 vCPU', memory: '16 GB' }"),
  executor: object(WORKERS, "{ count: 4, cpu: '4 vCPU', memory: '16 GB' }"),
};
const LIMITS: ChecksOf<NonNullable<ApplicationParameters['maximumCapacity']>> = {
  cpu: required(cpu),
  memory: required(memory),
  disk,
};

const APPLICATION: ChecksOf<ApplicationParameters> = {
  release: required(release),
  name: filled,
  architecture: oneOf(['x86_64', 'arm64']),
  initialCapacity: object(CAPACITY, '{ driver: { … }, executor: { … } }'),
  maximumCapacity: object(LIMITS, "{ cpu: '100 vCPU', memory: '400 GB' }"),
  started: flag,
  idleTimeout: duration('1m', '7d'),
  subnets: filledValues,
  securityGroups: filledValues,
  configurations: listOf(json, 'a list of objects'),
  logs: s3Path,
  tags: textMap,
};

const OTHER_NAMES: OtherNames = {
  releaselabel: 'release',
  applicationname: 'name',
  autostop: 'idleTimeout',
  autostopconfiguration: 'idleTimeout',
  idletimeoutminutes: 'idleTimeout',
  networkconfiguration: 'subnets',
  subnetids: 'subnets',
  vpc: 'subnets',
  securitygroupids: 'securityGroups',
  runtimeconfiguration: 'configurations',
  applicationconfiguration: 'configurations',
  monitoringconfiguration: 'logs',
  s3monitoringconfiguration: 'logs',
  loguri: 'logs',
  type: 'It is always Spark: leave it out.',
  jobtype: 'It is always Spark: leave it out.',
  autostart: 'A job starts it by itself: leave it out, or set `started`.',
  autostartconfiguration: 'A job starts it by itself: leave it out, or set `started`.',
};

const CREATE = 'arn:aws:states:::emr-serverless:createApplication.sync';

function made(parameters: ApplicationParameters): Template<ApplicationOutput> {
  const charge = capacityCharge(parameters);
  const own = template<ApplicationOutput>({
    service: 'emrServerless',
    kind: 'emrServerless.application',
    leavesBehind: emrServerless.leftover,
    // A creation that timed out here may still succeed there.
    notRetriedOn: ['States.Timeout'],
    outputShape: answerShape(CREATE, ['ApplicationId']),
    sample: emrServerless.samples.application,
    ...(charge && { charge }),
    lower: (context) => lower(parameters, context),
    permissions: () => onBehalf(parameters.subnets),
    conditions: () => ({ 'emr-serverless:CreateApplication': requested(), ...onOurs() }),
    teardown: { prefix: 'delete', template: (setup) => remove(setup.output.ApplicationId) },
  });
  if (parameters.logs !== undefined) logsOf.set(own, parameters.logs);
  return own;
}

/** Where the jobs of the applications that DAGs make write their logs, by the application's template. */
const logsOf = new WeakMap<object, string>();

/** Where the jobs on an application that the DAG makes write their logs; undefined where it says nothing of them. */
export function logsOfJobs(application: Application): string | undefined {
  const made = handleInfo(application)?.template;
  return made && logsOf.get(made);
}

function lower(parameters: ApplicationParameters, { dag, timeoutSeconds }: LoweringContext): Fragment {
  const create = { Type: 'Task', Resource: CREATE, Arguments: argumentsOf(parameters, dag) };
  if (!parameters.started) return { start: '', states: { '': { ...create, End: true } } };
  const limit = timeLimit(timeoutSeconds);
  return {
    start: 'create',
    samples: { create: emrServerless.samples.application, start: emrServerless.samples.application },
    states: {
      create: { ...create, ...limit, Next: 'start' },
      start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::emr-serverless:startApplication.sync',
        Arguments: { ApplicationId: expression('$states.input.ApplicationId') },
        ...limit,
        End: true,
      },
    },
  };
}

function argumentsOf(parameters: ApplicationParameters, dag: string): object {
  const { initialCapacity, maximumCapacity, subnets, securityGroups, logs, idleTimeout = '15m' } = parameters;
  return {
    Name: parameters.name ?? machineLabel(dag, 64),
    ReleaseLabel: parameters.release,
    Type: 'SPARK',
    ...(parameters.architecture && { Architecture: parameters.architecture.toUpperCase() }),
    ...(initialCapacity && {
      InitialCapacity: {
        ...(initialCapacity.driver && { Driver: capacity(initialCapacity.driver) }),
        ...(initialCapacity.executor && { Executor: capacity(initialCapacity.executor) }),
      },
    }),
    ...(maximumCapacity && { MaximumCapacity: resources(maximumCapacity) }),
    AutoStopConfiguration: { Enabled: true, IdleTimeoutMinutes: Math.ceil(durationMs(idleTimeout)! / 60_000) },
    ...((subnets || securityGroups) && {
      NetworkConfiguration: {
        ...(subnets && { SubnetIds: subnets }),
        ...(securityGroups && { SecurityGroupIds: securityGroups }),
      },
    }),
    ...(logs !== undefined && { MonitoringConfiguration: { S3MonitoringConfiguration: { LogUri: logs } } }),
    ...(parameters.configurations && { RuntimeConfiguration: parameters.configurations }),
    Tags: { [EXECUTION_TAG]: contextReference('Execution', 'Id'), ...parameters.tags },
  };
}

function capacity({ count, ...worker }: Workers): object {
  return { WorkerCount: count, WorkerConfiguration: resources(worker) };
}

function resources({ cpu, memory, disk }: { readonly cpu: string; readonly memory: string; readonly disk?: string }) {
  return { Cpu: cpu, Memory: memory, ...(disk !== undefined && { Disk: disk }) };
}

/** Each of several states may take as long as the task. */
function timeLimit(seconds: number | undefined) {
  return seconds === undefined ? {} : { TimeoutSeconds: seconds };
}

/** Stops an application and deletes it: what an application's own teardown does. */
export function remove(applicationId: string): Template<Record<string, never>> {
  const one = { ApplicationId: applicationId };
  return template({
    service: 'emrServerless',
    kind: 'emrServerless.remove',
    outputFields: {},
    lower: ({ timeoutSeconds }) => ({
      start: 'stop',
      samples: { stop: emrServerless.samples.application, delete: emrServerless.samples.application },
      states: {
        stop: {
          Type: 'Task',
          Resource: 'arn:aws:states:::emr-serverless:stopApplication.sync',
          Arguments: one,
          ...timeLimit(timeoutSeconds),
          // One that no job ever started cannot be stopped; whether it can be deleted, the next state finds out.
          Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'delete' }],
          Next: 'delete',
        },
        delete: {
          Type: 'Task',
          Resource: 'arn:aws:states:::emr-serverless:deleteApplication.sync',
          Arguments: one,
          ...timeLimit(timeoutSeconds),
          End: true,
        },
      },
    }),
    permissions: () => [],
    conditions: onOurs,
  });
}

const WANTED =
  'the handle that `dag.setup(…, emrServerless.application(…))` answered, or the id of an application that is there, `00f1r0kqvbfhs01d`, as a text or a reference';

/** The check of a parameter that takes an application. */
export const anApplication = handleOrId(WANTED, 'emrServerless.application', /^[0-9a-z]{10,64}$/);
