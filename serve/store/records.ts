import type {
  EncryptionConfiguration,
  ExecutionStatus,
  LoggingConfiguration,
  StateMachineType,
  Tag,
  TracingConfiguration,
} from '@aws-sdk/client-sfn';
import type { MapRunDescription } from '../../asl/interpret/map-run.ts';

// Dates are milliseconds since the epoch.

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly status: 'ACTIVE' | 'DELETING';
  readonly creationDate: number;
  /** The id of the current revision. */
  readonly revision: string;
  /** Of the request that made it, which another one must equal to be taken for the same. */
  readonly created: { readonly publish: boolean; readonly versionDescription?: string };
  readonly lastVersion: number;
  readonly tags: readonly Tag[];
}

/** What one state of a machine's definition and configuration was: executions keep the one that they were started with. */
export interface RevisionRecord {
  readonly id: string;
  readonly machineArn: string;
  /** Of the first revision there is none. */
  readonly revisionId?: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly loggingConfiguration: LoggingConfiguration;
  readonly tracingConfiguration: TracingConfiguration;
  readonly encryptionConfiguration: EncryptionConfiguration;
  readonly updateDate: number;
}

export interface VersionRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly number: number;
  readonly revision: string;
  readonly description?: string;
  readonly creationDate: number;
}

export interface AliasRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routing: readonly { readonly stateMachineVersionArn: string; readonly weight: number }[];
  readonly creationDate: number;
  readonly updateDate: number;
}

export interface ExecutionRecord {
  readonly arn: string;
  /** What its events are stored under. */
  readonly serial: number;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly revision: string;
  readonly type: StateMachineType;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly traceHeader?: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  /** Of the mock configuration. */
  readonly testCase?: string;
  readonly redriveCount: number;
  readonly redriveDate?: number;
  /** The latest requests to redrive it. */
  readonly redrives?: readonly { readonly clientToken: string; readonly at: number }[];
  /** Where the execution stands among those of its machine or Map run. */
  readonly listedAt: number;
  /** What a child of a distributed Map has beside. */
  readonly child?: {
    readonly mapRunArn: string;
    readonly parentArn: string;
    readonly index: number;
    readonly itemCount: number;
  };
}

export interface MapRunRecord extends MapRunDescription {
  readonly machineArn: string;
}

export interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  readonly creationDate: number;
  readonly encryptionConfiguration: EncryptionConfiguration;
  readonly tags: readonly Tag[];
}

/** Whether two values are the same JSON, whatever made their objects; a member that is undefined is none. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const left = members(one);
  const right = members(other);
  return (
    left.size === right.size && [...left].every(([key, value]) => right.has(key) && sameJson(value, right.get(key)))
  );
}

function members(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}
