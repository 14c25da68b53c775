import type { DescribeActivityInput, DescribeActivityOutput } from '@aws-sdk/client-sfn';
import { findActivity } from '../work/find-activity.ts';
import type { Action } from '../world.ts';

export const describeActivity: Action<DescribeActivityInput, DescribeActivityOutput> = (input, { store }) => {
  const { arn, name, creationDate, encryptionConfiguration } = findActivity(input.activityArn as string, store);
  return { activityArn: arn, name, creationDate: new Date(creationDate), encryptionConfiguration };
};
