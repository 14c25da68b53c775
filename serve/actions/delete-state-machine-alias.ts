import type { DeleteStateMachineAliasInput, DeleteStateMachineAliasOutput } from '@aws-sdk/client-sfn';
import { findAlias } from '../machines/routing.ts';
import type { Action } from '../world.ts';

export const deleteStateMachineAlias: Action<DeleteStateMachineAliasInput, DeleteStateMachineAliasOutput> = async (
  input,
  { store },
) =>
  store.write(() => {
    const { machineArn, name } = findAlias(input.stateMachineAliasArn as string, store);
    void store.aliases.remove([machineArn, name]);
    return {};
  });
