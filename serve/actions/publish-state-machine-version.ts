import type { PublishStateMachineVersionInput, PublishStateMachineVersionOutput } from '@aws-sdk/client-sfn';
import { findUnqualified, notDeleting, revisionOf } from '../machines/find.ts';
import { publish } from '../machines/publish.ts';
import { ApiError } from '../protocol/api-error.ts';
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
