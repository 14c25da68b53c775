import type { DeleteActivityInput, DeleteActivityOutput } from '@aws-sdk/client-sfn';
import { readArn } from '../arn.ts';
import type { Action } from '../world.ts';

/** Deletes an activity; deleting what does not exist is no error. */
export const deleteActivity: Action<DeleteActivityInput, DeleteActivityOutput> = async (
  input,
  { store, activities },
) => {
  const arn = input.activityArn as string;
  readArn(arn, 'activity');
  await store.write(() => store.activities.remove(arn));
  activities.close(arn);
  return {};
};
