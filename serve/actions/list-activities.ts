import type { ListActivitiesInput, ListActivitiesOutput } from '@aws-sdk/client-sfn';
import { activityArn } from '../arn.ts';
import { page } from '../protocol/page.ts';
import type { Action } from '../world.ts';

/** Lists the activities by name. */
export const listActivities: Action<ListActivitiesInput, ListActivitiesOutput> = (input, { store, account, pager }) => {
  const first = activityArn(account, '');
  const { items, nextToken } = page(pager, ['ListActivities'], input, function* (after: string | undefined) {
    for (const { value } of store.activities.getRange({ start: after ?? first, end: `${first}\uffff` })) {
      if (value.arn !== after) yield { key: value.arn, item: value };
    }
  });
  return {
    activities: items.map(({ arn, name, creationDate }) => ({
      activityArn: arn,
      name,
      creationDate: new Date(creationDate),
    })),
    nextToken,
  };
};
