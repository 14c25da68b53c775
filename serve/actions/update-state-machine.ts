import type { UpdateStateMachineInput, UpdateStateMachineOutput } from '@aws-sdk/client-sfn';
import { uuidFrom } from '../../asl/jsonata/index.ts';
import { configuration } from '../machines/configuration.ts';
import { checkDefinition } from '../machines/definition.ts';
import { findUnqualified, notDeleting, revisionOf } from '../machines/find.ts';
import { publish } from '../machines/publish.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { RevisionRecord } from '../store/records.ts';
import { sameJson } from '../store/same-json.ts';
import type { Action } from '../world.ts';
import { checkVersionDescription } from './create-state-machine.ts';

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
  if (definition !== undefined) checkDefinition(definition, type);
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
