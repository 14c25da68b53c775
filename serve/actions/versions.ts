import type {
  DeleteStateMachineVersionInput,
  DeleteStateMachineVersionOutput,
  ListStateMachineVersionsInput,
  ListStateMachineVersionsOutput,
  PublishStateMachineVersionInput,
  PublishStateMachineVersionOutput,
} from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { aliasesOf, findUnqualified, isVersion, notDeleting, revisionOf, versionsOf } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import { page } from '../protocol/page.ts';
import type { MachineRecord, VersionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Action } from '../world.ts';

/** The name of a first revision, which has no id. */
const INITIAL = 'INITIAL';

/** Publishes the current revision as a version, if it is the one that is meant; a revision is published once. */
export const publishStateMachineVersion: Action<
  PublishStateMachineVersionInput,
  PublishStateMachineVersionOutput
> = async (input, { store, clock }) =>
  store.write(() => {
    const machine = notDeleting(findUnqualified(input.stateMachineArn as string, store));
    const current = revisionOf(machine.revision, store).revisionId ?? INITIAL;
    if (input.revisionId !== undefined && input.revisionId !== current) {
      throw new ApiError(
        'ConflictException',
        `Failed to publish the State Machine version for revision ${input.revisionId}. The current State Machine revision is ${current}.`,
      );
    }
    const published = publish(machine, input.description, store, clock.now());
    void store.machines.put(machine.arn, published.machine);
    return {
      stateMachineVersionArn: published.version.arn,
      creationDate: new Date(published.version.creationDate),
    };
  });

/** Lists the versions of a machine, the latest first; of a machine that does not exist there are none. */
export const listStateMachineVersions: Action<ListStateMachineVersionsInput, ListStateMachineVersionsOutput> = (
  input,
  { store, pager },
) => {
  const { machineArn } = readMachineArn(input.stateMachineArn as string);
  const { items, nextToken } = page(
    pager,
    ['ListStateMachineVersions', machineArn],
    input,
    function* (after: number | undefined) {
      for (const version of versionsOf(machineArn, store, after)) yield { key: version.number, item: version };
    },
  );
  return {
    stateMachineVersions: items.map(({ arn, creationDate }) => ({
      stateMachineVersionArn: arn,
      creationDate: new Date(creationDate),
    })),
    nextToken,
  };
};

/** Deletes a version that no alias refers to; deleting what does not exist is no error. */
export const deleteStateMachineVersion: Action<
  DeleteStateMachineVersionInput,
  DeleteStateMachineVersionOutput
> = async (input, { store }) => {
  const arn = input.stateMachineVersionArn as string;
  const { machineArn, qualifier } = readMachineArn(arn);
  if (qualifier === undefined || !isVersion(qualifier)) {
    throw new ApiError('InvalidArn', `Invalid Arn: 'Not the ARN of a version: ${arn}'`);
  }
  return store.write(() => {
    const using = aliasesOf(machineArn, store)
      .filter(({ routing }) => routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn))
      .map(({ name }) => name);
    if (using.length > 0) {
      throw new ApiError(
        'ConflictException',
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${using.join(', ')}]`,
      );
    }
    void store.versions.remove([machineArn, Number(qualifier)]);
    return {};
  });
};

/** Versions of one machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST = 1000;

/**
 * Publishes the current revision of a machine, unless that was done before; within a `write`. The machine's own record is written too,
 * with the version's number.
 */
export function publish(
  machine: MachineRecord,
  description: string | undefined,
  store: Store,
  now: number,
): { readonly version: VersionRecord; readonly machine: MachineRecord } {
  const versions = [...versionsOf(machine.arn, store)];
  const published = versions.find(({ revision }) => revision === machine.revision);
  if (published !== undefined) return { version: published, machine };
  if (versions.length >= MOST) {
    throw new ApiError(
      'ServiceQuotaExceededException',
      `The maximum number of versions (${MOST}) of the state machine has been reached`,
    );
  }
  const number = machine.lastVersion + 1;
  const version: VersionRecord = {
    arn: `${machine.arn}:${number}`,
    machineArn: machine.arn,
    number,
    revision: machine.revision,
    ...(description !== undefined && { description }),
    creationDate: now,
  };
  void store.versions.put([machine.arn, number], version);
  return { version, machine: { ...machine, lastVersion: number } };
}
