import type { UpdateStateMachineAliasInput, UpdateStateMachineAliasOutput } from '@aws-sdk/client-sfn';
import { findAlias, readRouting } from '../machines/routing.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { AliasRecord } from '../store/records.ts';
import type { Action } from '../world.ts';

/** Changes where an alias leads, or its description. */
export const updateStateMachineAlias: Action<UpdateStateMachineAliasInput, UpdateStateMachineAliasOutput> = async (
  input,
  { store, clock },
) => {
  const { description, routingConfiguration } = input;
  if (description === undefined && routingConfiguration === undefined) {
    throw new ApiError('ValidationException', 'Either the description or the routingConfiguration must be specified', {
      reason: 'MISSING_REQUIRED_PARAMETER',
    });
  }
  return store.write(() => {
    const before = findAlias(input.stateMachineAliasArn as string, store);
    const alias: AliasRecord = {
      ...before,
      ...(description !== undefined && { description }),
      ...(routingConfiguration !== undefined && { routing: routingOf(routingConfiguration) }),
      updateDate: clock.now(),
    };
    void store.aliases.put([before.machineArn, before.name], alias);
    return { updateDate: new Date(alias.updateDate) };

    function routingOf(given: NonNullable<typeof routingConfiguration>): AliasRecord['routing'] {
      const { routing, machineArn } = readRouting(given, store);
      if (machineArn === before.machineArn) return routing;
      throw new ApiError(
        'ValidationException',
        'Routing configuration must contain versions of the state machine of the alias',
        {
          reason: 'INVALID_ROUTING_CONFIGURATION',
        },
      );
    }
  });
};
