import type { GetActivityTaskInput, GetActivityTaskOutput } from '@aws-sdk/client-sfn';
import { findActivity } from '../work/find-activity.ts';
import type { Action } from '../world.ts';

/** So long a worker's request is held, in milliseconds. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html */
const LONG_POLL = 60_000;

/** Answers when there is work; with a token that is null when there was none for a minute. */
export const getActivityTask: Action<GetActivityTaskInput, GetActivityTaskOutput> = async (
  input,
  world,
  { signal },
) => {
  const { arn } = findActivity(input.activityArn as string, world.store);
  const task = await world.activities.poll(arn, input.workerName, LONG_POLL, signal);
  return task ?? NO_TASK;
};

/** The type knows of no null, the wire does. */
const NO_TASK = { taskToken: null } as unknown as GetActivityTaskOutput;
