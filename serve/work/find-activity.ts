import { readArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { ActivityRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** @throws ApiError InvalidArn, ActivityDoesNotExist */
export function findActivity(arn: string, store: Store): ActivityRecord {
  readArn(arn, 'activity');
  const activity = store.activities.get(arn);
  if (activity !== undefined) return activity;
  throw new ApiError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
}
