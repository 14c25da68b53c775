import type { RoutingConfigurationListItem } from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { AliasRecord, MachineRecord, RevisionRecord, VersionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** A machine, or one of its versions, perhaps by an alias. */
export interface Found {
  readonly machine: MachineRecord;
  readonly revision: RevisionRecord;
  readonly version?: VersionRecord;
  readonly alias?: AliasRecord;
}

/**
 * Finds what an ARN names. Of an alias with two versions, `choose` in [0, 1) decides between them by their weights; the service does so
 * for each execution.
 *
 * @throws ApiError InvalidArn, StateMachineDoesNotExist
 */
export function findMachine(arn: string, store: Store, choose: () => number): Found {
  const { machineArn, qualifier } = readMachineArn(arn);
  const machine = store.machines.get(machineArn);
  if (machine === undefined) throw doesNotExist(arn);
  if (qualifier === undefined) return { machine, revision: revisionOf(machine.revision, store) };
  const alias = isVersion(qualifier) ? undefined : store.aliases.get([machineArn, qualifier]);
  const versionArn = alias === undefined ? arn : chosen(alias, choose());
  const version = store.versions.get([machineArn, Number(versionArn.slice(versionArn.lastIndexOf(':') + 1))]);
  if (version === undefined) throw doesNotExist(arn);
  return { machine, revision: revisionOf(version.revision, store), version, ...(alias !== undefined && { alias }) };
}

/** A machine by its own ARN: neither a version nor an alias can be changed so. */
export function findUnqualified(arn: string, store: Store): MachineRecord {
  const { qualifier, machineArn } = readMachineArn(arn);
  const machine = qualifier === undefined ? store.machines.get(machineArn) : undefined;
  if (machine === undefined) throw doesNotExist(arn);
  return machine;
}

/** @throws ApiError StateMachineDeleting */
export function notDeleting<T extends Pick<MachineRecord, 'status' | 'arn'>>(machine: T): T {
  if (machine.status === 'ACTIVE') return machine;
  throw new ApiError('StateMachineDeleting', `State Machine is being deleted: '${machine.arn}'`);
}

export function isVersion(qualifier: string): boolean {
  return /^\d+$/.test(qualifier);
}

export function revisionOf(id: string, store: Store): RevisionRecord {
  return store.revisions.get(id) as RevisionRecord;
}

/** All versions of a machine, the latest first. */
export function* versionsOf(
  machineArn: string,
  store: Store,
  below = Number.MAX_SAFE_INTEGER,
): Generator<VersionRecord> {
  const range = store.versions.getRange({ start: [machineArn, below], end: [machineArn, 0], reverse: true });
  for (const { value } of range) if (value.number < below) yield value;
}

export function aliasesOf(machineArn: string, store: Store): AliasRecord[] {
  return [...store.aliases.getRange({ start: [machineArn, ''], end: [machineArn, '\uffff'] })].map(
    ({ value }) => value,
  );
}

function chosen({ routing }: AliasRecord, chance: number): string {
  let sum = 0;
  for (const { stateMachineVersionArn, weight } of routing) {
    sum += weight;
    if (chance * 100 < sum) return stateMachineVersionArn;
  }
  return (routing.at(-1) as AliasRecord['routing'][number]).stateMachineVersionArn;
}

export function doesNotExist(arn: string): ApiError {
  return new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

type Routing = AliasRecord['routing'];

/** The routing of an alias: one or two versions of one machine, with weights that add up to 100. */
export function readRouting(
  given: readonly RoutingConfigurationListItem[],
  store: Store,
): { readonly routing: Routing; readonly machineArn: string } {
  const routing = given as Routing;
  const arns = routing.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  if (new Set(arns).size < arns.length) {
    throw invalid(
      `Routing configuration must contain distinct state machine version ARNs. Received: [${arns.join(', ')}]`,
    );
  }
  const weights = routing.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw invalid(`Sum of routing configuration weights must equal 100. Received: ${JSON.stringify(weights)}`);
  }
  const machines = new Set(arns.map((arn) => machineOf(arn, arns, store)));
  if (machines.size > 1) throw invalid('Routing configuration must contain versions of one state machine');
  return { routing, machineArn: [...machines][0] as string };
}

/** The machine of an existing version. */
function machineOf(arn: string, all: readonly string[], store: Store): string {
  const { machineArn, qualifier } = readMachineArn(arn);
  if (qualifier === undefined || !isVersion(qualifier)) {
    throw invalid(`Routing configuration must contain state machine version ARNs. Received: [${all.join(', ')}]`);
  }
  if (store.versions.get([machineArn, Number(qualifier)]) !== undefined) return machineArn;
  throw new ApiError(
    'ResourceNotFound',
    `Request references a resource that does not exist. Received: [${all.join(', ')}]`,
    {
      resourceName: arn,
    },
  );
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message, { reason: 'INVALID_ROUTING_CONFIGURATION' });
}

/** @throws ApiError InvalidArn, ResourceNotFound */
export function findAlias(arn: string, store: Store): AliasRecord {
  const { machineArn, qualifier } = readMachineArn(arn);
  if (qualifier === undefined || isVersion(qualifier)) {
    throw new ApiError('InvalidArn', `Invalid Arn: 'Not the ARN of an alias: ${arn}'`);
  }
  const alias = store.aliases.get([machineArn, qualifier]);
  if (alias !== undefined) return alias;
  throw new ApiError('ResourceNotFound', `Request references a resource that does not exist: '${arn}'`, {
    resourceName: arn,
  });
}
