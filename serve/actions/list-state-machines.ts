import type { ListStateMachinesInput, ListStateMachinesOutput } from '@aws-sdk/client-sfn';
import { machineArn } from '../arn.ts';
import { page } from '../protocol/page.ts';
import type { Action } from '../world.ts';

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
