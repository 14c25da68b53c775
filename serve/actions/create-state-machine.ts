import type { CreateStateMachineInput, CreateStateMachineOutput } from '@aws-sdk/client-sfn';
import { uuidFrom } from '../../asl/jsonata/index.ts';
import { checkName, machineArn } from '../arn.ts';
import { configuration } from '../machines/configuration.ts';
import { checkDefinition } from '../machines/definition.ts';
import { notDeleting, revisionOf, versionsOf } from '../machines/find.ts';
import { publish } from '../machines/publish.ts';
import { withTags } from '../machines/tags.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { MachineRecord, RevisionRecord } from '../store/records.ts';
import { sameJson } from '../store/same-json.ts';
import type { Action, World } from '../world.ts';

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
export function checkVersionDescription(input: {
  publish?: boolean | undefined;
  versionDescription?: string | undefined;
}): void {
  if (input.versionDescription === undefined || input.publish) return;
  throw new ApiError('ValidationException', 'Version description can only be set when publish is true');
}
