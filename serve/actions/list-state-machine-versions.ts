import type { ListStateMachineVersionsInput, ListStateMachineVersionsOutput } from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { versionsOf } from '../machines/find.ts';
import { page } from '../protocol/page.ts';
import type { Action } from '../world.ts';

/** Lists the versions of a machine, the latest first; of a machine that does not exist there are none. */
export const listStateMachineVersions: Action<ListStateMachineVersionsInput, ListStateMachineVersionsOutput> = (
  input,
  { store, pager },
) => {
  const { machineArn } = readMachineArn(input.stateMachineArn as string);
  const { items, nextToken } = page(
    pager,
    ['ListStateMachineVersions', machineArn],
    input,
    function* (after: number | undefined) {
      for (const version of versionsOf(machineArn, store, after)) yield { key: version.number, item: version };
    },
  );
  return {
    stateMachineVersions: items.map(({ arn, creationDate }) => ({
      stateMachineVersionArn: arn,
      creationDate: new Date(creationDate),
    })),
    nextToken,
  };
};
