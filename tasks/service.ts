import type { Retrier } from '../asl/language/types.ts';
import type { ServiceIam } from '../asl/services/iam/index.ts';
import type { Charge, Leftover } from '../authoring/internal.ts';
import type { EngineModule } from '../engines/engine.ts';
import type { KeptCall, KeptModule, KeptPermission } from './kept.ts';
import type { LogsModule } from './logs.ts';

/**
 * What is known of a service beside its templates, as plain data. Each service has a folder in tasks/, and no other room knows its name:
 * the compiler, local runs, deployment and operation find it in services.ts.
 */
export interface Service {
  /** The folder, by which users import it: `emr`. */
  readonly name: string;
  /** As people call it: `EMR`. */
  readonly title: string;
  /** How a Task's Resource names it: `elasticmapreduce` where Step Functions has an integration of its own, `emr` as the SDK does. */
  readonly integrations: readonly string[];
  /** The SDK's name of it, which `aws({ service })` takes. */
  readonly sdk?: string;
  /** How IAM sees its calls, by the prefix of their actions. */
  readonly iam?: readonly ServiceIam[];
  /** What its calls make for all runs, so that it stays when the DAG is removed. */
  readonly kept?: readonly KeptCall[];
  /** What whoever removes that must be allowed. */
  readonly keptPermissions?: readonly KeptPermission[];
  /** What an execution that was aborted leaves behind, and how that is ended. */
  readonly leftover?: Leftover;
  /** The jobs that `.sync` waits for, by the call that starts one, `glue:startJobRun`: how each is found again and ended. */
  readonly jobs?: { readonly [call: string]: Job };
  /** The calls that make what stays until another call ends it, `emr:runJobFlow`. */
  readonly stays?: { readonly [call: string]: StayingCall };
  /** By the call, `lambda:invoke`: what AWS advises every machine to try again, as retriers that come before the task's own. */
  readonly retried?: { readonly [call: string]: readonly Retrier[] };
  /** What its engine needs of this machine. */
  readonly local?: LocalNeeds;
  /** What it needs of the account before the first run, which `doctor` looks for. */
  readonly account?: AccountNeeds;
  /** The package of the SDK with which its logs are read, where S3 and CloudWatch Logs do not suffice. */
  readonly client?: ServiceClient;
  /** Prices as AWS publishes them; a template has them as its `charge`. */
  readonly prices?: { readonly [what: string]: Charge };
  /** What its answers say of what they cost, for prices that only a run knows. */
  readonly measured?: Measure;
  /** How many times us-east-1's prices it takes in the regions of which that is known. */
  readonly priceRegions?: { readonly [region: string]: { readonly least: number; readonly most: number } };
  /** What it answers where all goes well; a template has them as its `sample`. */
  readonly samples?: { readonly [what: string]: unknown };
  /** What other tools call the members of its namespace: a form of names, and what to write here. */
  readonly otherNames?: { readonly [form: string]: string };
}

/** A number in the answer of a call, and what it costs in US dollars: `DataScannedInBytes`. */
export interface Measure {
  /** The call: `startQueryExecution`. */
  readonly action: string;
  /** Where it stands in the answer. */
  readonly path: readonly string[];
  /** What is billed: numbers rounded up to so many, and so many at least. */
  readonly unit: number;
  readonly least: number;
  readonly dollarsPerUnit: number;
}

/** What a service needs of an account besides roles and buckets. */
export interface AccountNeeds {
  readonly linkedRoles?: readonly LinkedRole[];
  /** Parameters that hold ids of subnets, at whatever depth: what runs there must reach S3. */
  readonly subnets?: readonly string[];
  /** The actions that run something in the region's default VPC, where none of these parameters is given. */
  readonly defaultNetwork?: readonly string[];
  readonly quotas?: readonly Quota[];
  /** What its calls name and do not make. */
  readonly named?: readonly NamedThing[];
}

/** Something that a call names and does not make, a topic or a table: how it is asked whether it is there, by reading alone. */
export interface NamedThing {
  /** As people call it: `topic`. */
  readonly title: string;
  /** The arguments that name it, those within lists and others by their path: `TopicArn`, `Entries.EventBusName`. */
  readonly parameters: readonly string[];
  /** The actions that name it so. Default: every one. */
  readonly actions?: readonly string[];
  /** By the action that makes one, the argument that names it: what a machine makes itself is not asked for. */
  readonly madeBy?: { readonly [action: string]: string };
  /**
   * The form of a name, as a pattern. Its groups are what `asks` and `make` call `${name}` and so on, and the groups `region` and `account`
   * say where it is, besides what an ARN says. What has another form is not asked for. Default: any text, `${given}`.
   */
  readonly form?: string;
  readonly asks: {
    readonly client: ServiceClient;
    /** As the SDK's integration has it, `sns:getTopicAttributes`; texts in its arguments hold the form's groups, and `${given}`, the name as a whole. */
    readonly call: string;
    readonly arguments: { readonly [name: string]: unknown };
  };
  /** Errors with which the service says that there is none. */
  readonly none?: readonly string[];
  /** The list in the answer that is empty where there is none. */
  readonly list?: string;
  /** Where the answer says its state, and the states in which it cannot be used. */
  readonly state?: { readonly path: readonly string[]; readonly unusable: readonly string[] };
  /** Where the answer names the key that it is encrypted by, and what whoever uses it must be allowed on that. */
  readonly key?: { readonly path: readonly string[]; readonly actions: readonly string[] };
  /** The command that makes one, or where there is none what to do. */
  readonly make: string;
}

/** A role that AWS keeps for a service, made once an account. */
export interface LinkedRole {
  /** `AWSServiceRoleForEMRCleanup` */
  readonly name: string;
  /** Who assumes it, as `aws iam create-service-linked-role` takes it. */
  readonly service: string;
  /** The actions after which it is needed. */
  readonly actions: readonly string[];
  /** Only where a parameter has this value, at whatever depth. */
  readonly where?: ParameterValue;
}

/** A quota that a new account may have too small. */
export interface Quota {
  /** As Service Quotas names the service: `ec2`. */
  readonly service: string;
  readonly code: string;
  readonly title: string;
  /** The actions that take of it. */
  readonly actions: readonly string[];
  /** What a call takes of it: the vCPUs of EC2's instances, or a number. */
  readonly takes: number | InstancesTaken;
}

/** EC2's instances of a call, of certain types on one market. Whichever of the forms the call has. */
export interface InstancesTaken {
  /** The types that the quota is about, as a pattern: `^g\\d`. */
  readonly types: string;
  /** A list of groups, each of one type. */
  readonly groups: {
    readonly parameter: string;
    readonly type: string;
    readonly count: string;
    readonly market: ParameterValue;
    /** That a group which does not say it is on this market. */
    readonly orElse: boolean;
  };
  /** A list of fleets: each is filled up to its target with instances of whichever of its types. */
  readonly fleets: {
    readonly parameter: string;
    readonly target: string;
    readonly types: string;
    readonly type: string;
    /** How much an instance of the type counts for. Default: 1. */
    readonly weight: string;
  };
  /** One instance of a type, and the others of another. */
  readonly whole?: { readonly first: string; readonly others: string; readonly count: string };
}

export interface ParameterValue {
  readonly parameter: string;
  readonly value: string;
}

/**
 * A job that a call with `.sync` starts: how it is asked after and ended by whoever reads its id in the history of the execution, where the
 * event `TaskSubmitted` has what the service answered. Expressions in it read `$job.given` and `$job.made`.
 */
export interface Job {
  /** As people call it, and as states are named after it: `EMR step`. */
  readonly title: string;
  /** Those arguments of the call that started it without which it is not found: `ClusterId`. */
  readonly given?: readonly string[];
  /** Those members of the service's answer by which it is found: `StepId`. */
  readonly made: readonly string[];
  /** The member of the answer that is a list, each item of which is a job of its own. */
  readonly each?: string;
  /** The call that tells its state. */
  readonly asks: JobCall & {
    /** The state in the answer, `$states.result.…` in JSONata. Nothing there: the service has forgotten the job, which ended long ago. */
    readonly state: string;
    readonly ended: readonly string[];
    /** Errors with which the service says that it knows no such job. */
    readonly forgotten?: readonly string[];
  };
  /**
   * Where two of them at a time do no harm, so that a retry need not see the first one ended: the argument of the call whose text says so,
   * and the form that the text then has.
   */
  readonly harmlessTwice?: { readonly argument: string; readonly form: RegExp };
  /** The call that ends it; it may take its time, and may be repeated. */
  readonly ends: JobCall;
}

/** A call that makes what stays until it is ended: a cluster. */
export interface StayingCall {
  /** What it makes, with its article: `a cluster`. */
  readonly title: string;
  /** Only where an argument, by its path, has this value; absent: always. */
  readonly where?: { readonly path: readonly string[]; readonly value: unknown };
  /** The calls that end it, first the one to write. */
  readonly endedBy: readonly string[];
  /** What brings its own end, where there is such a template: `dag.setup('cluster', emr.cluster({ … }))`. */
  readonly instead?: string;
}

/** A call by the SDK, `emr:describeStep`. */
export interface JobCall {
  readonly call: string;
  readonly arguments: { readonly [name: string]: unknown };
}

/** What an engine needs before the first task runs. */
export interface LocalNeeds {
  readonly python?: true;
  /** The SQL engine, an optional package. */
  readonly duckdb?: true;
  readonly spark?: {
    /** By call, the argument that names a release. */
    readonly releaseIn: { readonly [action: string]: string };
    /** Only of calls where an argument, by its path, has this value; absent: of all. */
    readonly where?: { readonly path: readonly string[]; readonly value: unknown };
    /** What stands before a release where people are told of it: `Glue `. */
    readonly title?: string;
    /** By call, the release of what was made elsewhere, where no call names another one. */
    readonly assumedFor?: { readonly [action: string]: string };
    /** The Spark that a release carries, and with it the pyspark that stands for it on this machine. */
    readonly versions: { readonly [release: string]: string };
  };
}

/** A client of the AWS SDK. */
export interface ServiceClient {
  /** `@aws-sdk/client-emr` */
  readonly package: string;
  /** The first part of its actions in IAM, for messages on what a policy lacks. */
  readonly prefix: string;
  readonly title: string;
}

/** The tag of whatever a machine makes and an aborted execution would leave behind: the ARN of the execution that made it. */
export const EXECUTION_TAG = 'dagwright:execution';

/** The tag of what a machine makes once and uses in every run: the machine's name. What does not carry it is somebody else's. */
export const MACHINE_TAG = 'dagwright:machine';

/** The values of the tag, as a pattern for IAM: executions of the DAG's own machine, for the cleanup as well. */
export const EXECUTIONS = 'arn:${partition}:states:${region}:${account}:execution:${machine}:*';

/** What is not ended costs money by the hour: a call of a cleanup is worth trying for half an hour. */
export const CLEANUP_RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 10, BackoffRate: 2, MaxDelaySeconds: 300 },
];

/** A service with its code, which is loaded when it is needed. */
export interface ServiceEntry extends Service {
  /** The service on this machine. */
  readonly engine?: () => Promise<EngineModule>;
  /** Where it writes what. */
  readonly logs?: () => Promise<LogsModule>;
  /** What its calls make for all runs: how that is found and removed. */
  readonly keeps?: () => Promise<KeptModule>;
}
