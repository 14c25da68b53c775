import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  DeleteStateMachineInput,
  DeleteStateMachineOutput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
  ListStateMachinesInput,
  ListStateMachinesOutput,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
} from '@aws-sdk/client-sfn';
import { uuidFrom } from '../../asl/jsonata/index.ts';
import { checkName, machineArn, readMachineArn } from '../arn.ts';
import { configuration } from '../machines/configuration.ts';
import { aliasesOf, findMachine, findUnqualified, notDeleting, revisionOf, versionsOf } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import { page } from '../protocol/page.ts';
import { type MachineRecord, type RevisionRecord, sameJson } from '../store/records.ts';
import type { Action, World } from '../world.ts';
import { checkDefinition, variableReferences } from './definitions.ts';
import { withTags } from './tags.ts';
import { warnUnfilled } from './unfilled.ts';
import { publish } from './versions.ts';

/** Creates a machine; a request that equals the one that made it, but for role and tags, is taken for the same. */
export const createStateMachine: Action<CreateStateMachineInput, CreateStateMachineOutput> = async (input, world) => {
  const { store, clock, account, random } = world;
  const name = input.name as string;
  const definition = input.definition as string;
  const type = input.type ?? 'STANDARD';
  checkName(name);
  checkVersionDescription(input);
  const created = {
    publish: input.publish ?? false,
    ...(input.versionDescription !== undefined && { versionDescription: input.versionDescription }),
  };
  const arn = machineArn(account, name);
  const settings = configuration(input);
  const tags = withTags([], input.tags ?? [], arn);
  checkDefinition(definition, type);
  warnUnfilled(name, definition, world);
  const now = clock.now();
  return store.write(() => {
    const there = store.machines.get(arn);
    if (there !== undefined) {
      const revision = revisionOf(notDeleting(there).revision, store);
      const same = there.type === type && revision.definition === definition && sameSettings(revision, settings);
      if (!same) throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      if (!sameJson(there.created, created)) {
        throw new ApiError(
          'ConflictException',
          `The state machine '${arn}' was created by a request with another publish or versionDescription.`,
        );
      }
      return answer(there, world);
    }
    const revision: RevisionRecord = {
      id: uuidFrom(random),
      machineArn: arn,
      definition,
      roleArn: input.roleArn as string,
      ...settings,
      updateDate: now,
    };
    const machine: MachineRecord = {
      arn,
      name,
      type,
      status: 'ACTIVE',
      creationDate: now,
      revision: revision.id,
      created,
      lastVersion: 0,
      tags,
    };
    void store.revisions.put(revision.id, revision);
    const published = input.publish ? publish(machine, input.versionDescription, store, now) : undefined;
    void store.machines.put(arn, published?.machine ?? machine);
    return {
      stateMachineArn: arn,
      creationDate: new Date(now),
      stateMachineVersionArn: published?.version.arn,
    };
  });
};

function sameSettings(revision: RevisionRecord, settings: ReturnType<typeof configuration>): boolean {
  const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = revision;
  return sameJson({ loggingConfiguration, tracingConfiguration, encryptionConfiguration }, settings);
}

function answer(machine: MachineRecord, { store }: World): CreateStateMachineOutput {
  const versions = [...versionsOf(machine.arn, store)];
  const version = machine.created.publish ? versions.find(({ revision }) => revision === machine.revision) : undefined;
  return {
    stateMachineArn: machine.arn,
    creationDate: new Date(machine.creationDate),
    stateMachineVersionArn: version?.arn,
  };
}

/** A description without a version to describe. */
function checkVersionDescription(input: {
  publish?: boolean | undefined;
  versionDescription?: string | undefined;
}): void {
  if (input.versionDescription === undefined || input.publish) return;
  throw new ApiError('ValidationException', 'Version description can only be set when publish is true');
}

/** Describes a machine's current revision, or a version. */
export const describeStateMachine: Action<DescribeStateMachineInput, DescribeStateMachineOutput> = (input, world) => {
  const { machine, revision, version } = findMachine(input.stateMachineArn as string, world.store, world.random);
  const whole = input.includedData !== 'METADATA_ONLY';
  return {
    stateMachineArn: version?.arn ?? machine.arn,
    name: machine.name,
    status: machine.status,
    definition: whole ? revision.definition : '{}',
    roleArn: revision.roleArn,
    type: machine.type,
    creationDate: new Date(version?.creationDate ?? machine.creationDate),
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: revision.tracingConfiguration,
    revisionId: revision.revisionId,
    description: version?.description,
    encryptionConfiguration: revision.encryptionConfiguration,
    variableReferences: whole ? variableReferences(revision.definition) : undefined,
  };
};

/** Lists the machines by name. */
export const listStateMachines: Action<ListStateMachinesInput, ListStateMachinesOutput> = (input, world) => {
  const { store, account, pager } = world;
  const first = machineArn(account, '');
  const { items, nextToken } = page(pager, ['ListStateMachines'], input, function* (after: string | undefined) {
    for (const { value } of store.machines.getRange({ start: after ?? first, end: `${first}\uffff` })) {
      if (value.arn !== after) yield { key: value.arn, item: value };
    }
  });
  return {
    stateMachines: items.map(({ arn, name, type, creationDate }) => ({
      stateMachineArn: arn,
      name,
      type,
      creationDate: new Date(creationDate),
    })),
    nextToken,
  };
};

/** Makes a new revision of a machine; executions that are under way keep the one that they have. */
export const updateStateMachine: Action<UpdateStateMachineInput, UpdateStateMachineOutput> = async (input, world) => {
  const { store, clock, random } = world;
  const arn = input.stateMachineArn as string;
  const { definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration } = input;
  checkVersionDescription(input);
  const { type } = notDeleting(findUnqualified(arn, store));
  if (
    [definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration].every(
      (one) => one === undefined,
    )
  ) {
    throw new ApiError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, the EncryptionConfiguration or the TracingConfiguration must be specified',
    );
  }
  if (definition !== undefined) {
    checkDefinition(definition, type);
    warnUnfilled(readMachineArn(arn).name, definition, world);
  }
  const now = clock.now();
  return store.write(() => {
    const before = notDeleting(findUnqualified(arn, store));
    const old = revisionOf(before.revision, store);
    const changed = {
      definition: definition ?? old.definition,
      roleArn: roleArn ?? old.roleArn,
      ...configuration(input, old),
    };
    const revisionId = uuidFrom(random);
    const revision: RevisionRecord = sameJson({ ...old, ...changed }, old)
      ? old
      : { id: revisionId, machineArn: arn, revisionId, ...changed, updateDate: now };
    let machine = { ...before, revision: revision.id };
    const published = input.publish ? publish(machine, input.versionDescription, store, now) : undefined;
    machine = published?.machine ?? machine;
    if (revision !== old) void store.revisions.put(revision.id, revision);
    void store.machines.put(arn, machine);
    return {
      updateDate: new Date(now),
      revisionId: revision.revisionId,
      stateMachineVersionArn: published?.version.arn,
    };
  });
};

/**
 * Deletes a machine with its versions and aliases. It is DELETING until its executions, which are aborted, have ended; what they were is
 * still told afterwards. Deleting what does not exist is no error.
 */
export const deleteStateMachine: Action<DeleteStateMachineInput, DeleteStateMachineOutput> = async (input, world) => {
  const { store } = world;
  const { machineArn, qualifier } = readMachineArn(input.stateMachineArn as string);
  if (qualifier !== undefined) {
    throw new ApiError(
      'ValidationException',
      `A version or an alias cannot be deleted by this action: '${input.stateMachineArn}'`,
    );
  }
  const there = await store.write(() => {
    const machine = store.machines.get(machineArn);
    if (machine === undefined) return false;
    for (const { number } of [...versionsOf(machineArn, store)]) void store.versions.remove([machineArn, number]);
    for (const { name } of aliasesOf(machineArn, store)) void store.aliases.remove([machineArn, name]);
    void store.machines.put(machineArn, { ...machine, status: 'DELETING' });
    return true;
  });
  if (there) void finishDeleting(machineArn, world);
  return {};
};

/** Ends what still runs of a machine, then forgets it. */
export async function finishDeleting(machineArn: string, { store, executions }: World): Promise<void> {
  const running = executions.running().filter(({ record }) => record.machineArn === machineArn);
  await Promise.all(running.map(({ record }) => executions.stop(record.arn, {})));
  await store.write(() => {
    if (store.machines.get(machineArn)?.status === 'DELETING') void store.machines.remove(machineArn);
  });
}
