import type { TaskCall, TaskReply } from '../asl/interpret/options.ts';
import type { Json, JsonObject } from '../asl/json/value.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Duck } from './duckdb.ts';
import type { LocalFunction } from './functions/function-host.ts';
import type { LocalJobCode } from './functions/job-host.ts';
import type { HybridClock } from './hybrid-clock.ts';
import type { Access } from './iam/guard.ts';
import type { Lake } from './lake/lake.ts';
import type { Lineage } from './lineage/lineage.ts';
import type { ProcessGroups } from './process/process-groups.ts';
import type { PythonEnvironment } from './python/environment.ts';
import type { SparkHosts } from './spark/hosts.ts';

/** This machine as an account: what executions say of themselves, asl/interpret/identity.ts. */
export const HERE = { partition: 'aws', region: 'us-east-1', account: '123456789012' };

/** What the engines are made from: this machine as one AWS account. */
export interface AccountOptions {
  /** `.dagwright/local`: buckets, catalog, runs. */
  readonly root: string;
  readonly lake: Lake;
  readonly run: {
    readonly id: string;
    /** `.dagwright/local/runs/<run>`. */
    readonly folder: string;
  };
  readonly clock: HybridClock;
  /** In [0, 1): the ids that services give. */
  readonly random: () => number;
  readonly env: NodeJS.ProcessEnv;
  readonly groups: ProcessGroups;
  /**
   * The environment that jobs run in; asked for only where one runs.
   * @param spark the Spark that a job wants which the machine did not show: one that was there before the run
   */
  readonly python: (spark?: string) => Promise<PythonEnvironment>;
  /** The functions of DAGs with their code on this machine, by what a call names them with; asked at each call. */
  readonly functions?: ReadonlyMap<string, LocalFunction>;
  /** The code of their jobs, by the address that its archive has at AWS. */
  readonly jobCode?: ReadonlyMap<string, LocalJobCode>;
  /** The folder of sample data, absolute. */
  readonly sample?: string;
  /** Decides what services do with the roles that they act as; without it they may do everything. */
  readonly access?: Access;
  /** The run whose lineage is told what a call reads and writes, where that is asked for. */
  readonly lineage?: (call: TaskCall) => Lineage | undefined;
  /** Told of everything that a person may want to see of a task. */
  readonly onNote: (note: Note) => void;
}

/** What the engines share. */
export interface Account extends AccountOptions {
  /** The SQL engine, for whatever asks questions about files. */
  readonly duck: Duck;
  /** What runs Spark jobs. */
  readonly spark: SparkHosts;
}

/** What an engine has to tell of a task beside its result. */
export type Note =
  | { readonly kind: 'log'; readonly state: string; readonly file: string }
  | {
      readonly kind: 'failure';
      readonly state: string;
      /** 0 for the first. */
      readonly attempt: number;
      readonly title: string;
      readonly lines: readonly string[];
      /** Where everything is that the job said, if it left a log. */
      readonly log?: string;
    }
  | { readonly kind: 'answer'; readonly state: string; readonly file: string; readonly sql: string };

/** One action of a service: its arguments in, its result out. A `ServiceError` is the service's own refusal. */
export type Action = (args: JsonObject, call: TaskCall) => Json | Promise<Json>;

export interface Engine {
  /** By the name that stands in a Task's Resource, as `createCluster.sync`. */
  readonly actions: Readonly<Record<string, Action>>;
  /** By the name of an SDK integration, as `createDatabase` in `aws-sdk:glue:createDatabase`. */
  readonly sdkActions: Readonly<Record<string, Action>>;
  /** Whether what a call names is there, where an engine has only what the DAG brings along. Default: it has whatever is named. */
  has?(call: TaskCall): boolean;
  /** Reads what a distributed Map goes over. */
  read?(call: TaskCall): Promise<TaskReply>;
  close(): Promise<void>;
}

/** What the module `engine.ts` of a service exports. */
export interface EngineModule {
  readonly engine: (account: Account) => Engine;
}

/** A service's refusal or a job's failure, as a state sees it. */
export class ServiceError extends Error {
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = 'ServiceError';
    this.error = error;
  }
}

/** A job that ended badly: `.sync` integrations give the service's description of it, as JSON. */
export function taskFailed(description: Json): ServiceError {
  return new ServiceError('States.TaskFailed', JSON.stringify(description));
}

/** A diagnostic as the cause of a failed task: what is wrong and what to do, in one text. */
export function causeOf({ message, remedy }: Diagnostic): string {
  return `${message} ${remedy}`;
}

/** `length` characters of an id, from the run's own source of chance. */
export function randomId(
  random: () => number,
  length: number,
  alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

export function randomUuid(random: () => number): string {
  const hex = randomId(random, 32, '0123456789abcdef');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${'89ab'[Math.floor(random() * 4)]}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
