import type {
  CreateStateMachineAliasInput,
  CreateStateMachineAliasOutput,
  DeleteStateMachineAliasInput,
  DeleteStateMachineAliasOutput,
  DescribeStateMachineAliasInput,
  DescribeStateMachineAliasOutput,
  ListStateMachineAliasesInput,
  ListStateMachineAliasesOutput,
  UpdateStateMachineAliasInput,
  UpdateStateMachineAliasOutput,
} from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { aliasesOf, doesNotExist, findAlias, findMachine, notDeleting, readRouting } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import { page } from '../protocol/page.ts';
import { type AliasRecord, sameJson } from '../store/records.ts';
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

export const describeStateMachineAlias: Action<DescribeStateMachineAliasInput, DescribeStateMachineAliasOutput> = (
  input,
  { store },
) => {
  const alias = findAlias(input.stateMachineAliasArn as string, store);
  return {
    stateMachineAliasArn: alias.arn,
    name: alias.name,
    description: alias.description,
    routingConfiguration: [...alias.routing],
    creationDate: new Date(alias.creationDate),
    updateDate: new Date(alias.updateDate),
  };
};

/** Lists the aliases of a machine, or those that lead to a version; the latest first. */
export const listStateMachineAliases: Action<ListStateMachineAliasesInput, ListStateMachineAliasesOutput> = (
  input,
  world,
) => {
  const arn = input.stateMachineArn as string;
  const { machineArn, qualifier } = readMachineArn(arn);
  findMachine(arn, world.store, world.random);
  const aliases = aliasesOf(machineArn, world.store)
    .filter(
      ({ routing }) =>
        qualifier === undefined || routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn),
    )
    .sort((a, b) => b.creationDate - a.creationDate || (a.name < b.name ? -1 : 1));
  const { items, nextToken } = page(
    world.pager,
    ['ListStateMachineAliases', arn],
    input,
    function* (after: string | undefined) {
      const from = after === undefined ? 0 : aliases.findIndex(({ name }) => name === after) + 1;
      for (const alias of aliases.slice(from)) yield { key: alias.name, item: alias };
    },
  );
  return {
    stateMachineAliases: items.map((alias) => ({
      stateMachineAliasArn: alias.arn,
      creationDate: new Date(alias.creationDate),
    })),
    nextToken,
  };
};

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

export const deleteStateMachineAlias: Action<DeleteStateMachineAliasInput, DeleteStateMachineAliasOutput> = async (
  input,
  { store },
) =>
  store.write(() => {
    const { machineArn, name } = findAlias(input.stateMachineAliasArn as string, store);
    void store.aliases.remove([machineArn, name]);
    return {};
  });
