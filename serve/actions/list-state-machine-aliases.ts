import type { ListStateMachineAliasesInput, ListStateMachineAliasesOutput } from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { aliasesOf, findMachine } from '../machines/find.ts';
import { page } from '../protocol/page.ts';
import type { Action } from '../world.ts';

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
