import type {
  CreateActivityInput,
  CreateActivityOutput,
  DeleteActivityInput,
  DeleteActivityOutput,
  DescribeActivityInput,
  DescribeActivityOutput,
  GetActivityTaskInput,
  GetActivityTaskOutput,
  ListActivitiesInput,
  ListActivitiesOutput,
  SendTaskFailureInput,
  SendTaskFailureOutput,
  SendTaskHeartbeatInput,
  SendTaskHeartbeatOutput,
  SendTaskSuccessInput,
  SendTaskSuccessOutput,
} from '@aws-sdk/client-sfn';
import type { TaskReply } from '../../asl/interpret/options.ts';
import { parseJson } from '../../asl/json/parse.ts';
import type { Json } from '../../asl/json/value.ts';
import { activityArn, checkName, readArn } from '../arn.ts';
import { configuration } from '../machines/configuration.ts';
import { ApiError } from '../protocol/api-error.ts';
import { page } from '../protocol/page.ts';
import { sameJson } from '../store/records.ts';
import { findActivity } from '../work/workers.ts';
import type { Action } from '../world.ts';
import { withTags } from './tags.ts';

/** Creates an activity; a request for the same name is taken for the same. */
export const createActivity: Action<CreateActivityInput, CreateActivityOutput> = async (input, world) => {
  const { store, account, clock } = world;
  const name = input.name as string;
  checkName(name);
  const arn = activityArn(account, name);
  const { encryptionConfiguration } = configuration(input);
  const tags = withTags([], input.tags ?? [], arn);
  const now = clock.now();
  return store.write(() => {
    const there = store.activities.get(arn);
    if (there === undefined) {
      void store.activities.put(arn, { arn, name, creationDate: now, encryptionConfiguration, tags });
    } else if (!sameJson(there.encryptionConfiguration, encryptionConfiguration)) {
      throw new ApiError(
        'ActivityAlreadyExists',
        `Activity already exists: '${arn}'. EncryptionConfiguration may not be updated.`,
      );
    }
    return { activityArn: arn, creationDate: new Date(there?.creationDate ?? now) };
  });
};

export const describeActivity: Action<DescribeActivityInput, DescribeActivityOutput> = (input, { store }) => {
  const { arn, name, creationDate, encryptionConfiguration } = findActivity(input.activityArn as string, store);
  return { activityArn: arn, name, creationDate: new Date(creationDate), encryptionConfiguration };
};

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

export const sendTaskSuccess: Action<SendTaskSuccessInput, SendTaskSuccessOutput> = (input, { tokens }) => {
  tokens.settle(input.taskToken as string, { result: readOutput(input.output as string) });
  return {};
};

function readOutput(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ApiError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}

export const sendTaskFailure: Action<SendTaskFailureInput, SendTaskFailureOutput> = (input, { tokens }) => {
  const { error, cause } = input;
  const reply: TaskReply = { error, ...(cause !== undefined && { cause }) };
  tokens.settle(input.taskToken as string, reply);
  return {};
};

export const sendTaskHeartbeat: Action<SendTaskHeartbeatInput, SendTaskHeartbeatOutput> = (input, { tokens }) => {
  tokens.heartbeat(input.taskToken as string);
  return {};
};
