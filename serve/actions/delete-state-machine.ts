import type { DeleteStateMachineInput, DeleteStateMachineOutput } from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { aliasesOf, versionsOf } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action, World } from '../world.ts';

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
