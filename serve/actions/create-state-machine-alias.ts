import type { CreateStateMachineAliasInput, CreateStateMachineAliasOutput } from '@aws-sdk/client-sfn';
import { aliasesOf, doesNotExist, notDeleting } from '../machines/find.ts';
import { readRouting } from '../machines/routing.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { AliasRecord } from '../store/records.ts';
import { sameJson } from '../store/same-json.ts';
import type { Action } from '../world.ts';

/** Aliases of one machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST = 100;

/** Creates an alias; an equal request is taken for the same. */
export const createStateMachineAlias: Action<CreateStateMachineAliasInput, CreateStateMachineAliasOutput> = async (
  input,
  { store, clock },
) =>
  store.write(() => {
    const name = input.name as string;
    const { routing, machineArn } = readRouting(input.routingConfiguration ?? [], store);
    const machine = store.machines.get(machineArn);
    if (machine === undefined) throw doesNotExist(machineArn);
    notDeleting(machine);
    const description = input.description;
    const there = store.aliases.get([machineArn, name]);
    if (there !== undefined) {
      if (there.description !== description || !sameJson(there.routing, routing)) {
        throw new ApiError(
          'ConflictException',
          'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
        );
      }
      return { stateMachineAliasArn: there.arn, creationDate: new Date(there.creationDate) };
    }
    if (aliasesOf(machineArn, store).length >= MOST) {
      throw new ApiError(
        'ServiceQuotaExceededException',
        `The maximum number of aliases (${MOST}) of the state machine has been reached`,
      );
    }
    const now = clock.now();
    const alias: AliasRecord = {
      arn: `${machineArn}:${name}`,
      machineArn,
      name,
      ...(description !== undefined && { description }),
      routing,
      creationDate: now,
      updateDate: now,
    };
    void store.aliases.put([machineArn, name], alias);
    return { stateMachineAliasArn: alias.arn, creationDate: new Date(now) };
  });
