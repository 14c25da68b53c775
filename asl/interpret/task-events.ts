import type { Json } from '../json/value.ts';
import { remembered } from '../remembered.ts';
import { type Details, type Kind, WHOLE } from './history.ts';
import type { StateFailure } from './state-failure.ts';

/** How the history names what a Task does: each kind of resource has events of its own. */
export interface TaskEvents {
  /** Whether the service first takes the work (`TaskSubmitted`) and answers later. */
  readonly submits: boolean;
  /** Whether the work can be given a task token. */
  readonly hasToken: boolean;
  /** Whether the start is recorded when a worker says so: an activity's. Else right after it was scheduled. */
  readonly startsLater: boolean;
  readonly scheduled: Kind<Json, Settings>;
  readonly started: Kind<Details | undefined, undefined>;
  submitted(answer?: Json): Event;
  readonly succeeded: Kind<Json, undefined>;
  failed(failure: StateFailure): Event;
  /** The failure of what came before the work; undefined where the resource has no such event. */
  failedTo(phase: Phase, failure: StateFailure): Event | undefined;
  timedOut(failure: StateFailure): Event;
}
export type Phase = 'schedule' | 'start' | 'submit';
export type Event = readonly [type: string, details?: Details];
/** What the state sets for its attempts; seconds. */
export interface Settings {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  readonly roleArn: string | undefined;
  /** The region that the execution runs in. */
  readonly region: string;
}

const LAMBDA = /^arn:[^:]+:lambda:/;
const ACTIVITY = /^arn:[^:]+:states:[^:]+:[^:]+:activity:/;
const INTEGRATION = /^arn:[^:]+:states:[^:]*:[^:]*:((?:aws-sdk:)?[^:]+):(.+)$/;
const LATER = /\.(?:sync|waitForTaskToken)(?::\d+)?$/;

/**
 * The events of a resource.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export const taskEvents = remembered((resource): TaskEvents => {
  if (LAMBDA.test(resource)) return lambda(resource);
  return ACTIVITY.test(resource) ? activity(resource) : service(resource);
});

function lambda(resource: string): TaskEvents {
  return {
    submits: false,
    hasToken: false,
    startsLater: false,
    scheduled: {
      type: 'LambdaFunctionScheduled',
      make: (id, previousEventId, timestamp, input, settings, text) => ({
        id,
        previousEventId,
        timestamp,
        type: 'LambdaFunctionScheduled',
        lambdaFunctionScheduledEventDetails: isSet(settings)
          ? { resource, ...settingsOf(settings), input: text(input), inputDetails: WHOLE }
          : { resource, input: text(input), inputDetails: WHOLE },
      }),
    },
    started: {
      type: 'LambdaFunctionStarted',
      make: (id, previousEventId, timestamp) => ({ id, previousEventId, timestamp, type: 'LambdaFunctionStarted' }),
    },
    submitted: () => ['TaskSubmitted'],
    succeeded: {
      type: 'LambdaFunctionSucceeded',
      make: (id, previousEventId, timestamp, result, _, text) => ({
        id,
        previousEventId,
        timestamp,
        type: 'LambdaFunctionSucceeded',
        lambdaFunctionSucceededEventDetails: { output: text(result), outputDetails: WHOLE },
      }),
    },
    failed: (failure) => ['LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: errorOf(failure) }],
    failedTo: (phase, failure) =>
      phase === 'start'
        ? ['LambdaFunctionStartFailed', { lambdaFunctionStartFailedEventDetails: errorOf(failure) }]
        : ['LambdaFunctionScheduleFailed', { lambdaFunctionScheduleFailedEventDetails: errorOf(failure) }],
    timedOut: (failure) => ['LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: errorOf(failure) }],
  };
}

function activity(resource: string): TaskEvents {
  return {
    submits: false,
    hasToken: true,
    startsLater: true,
    scheduled: {
      type: 'ActivityScheduled',
      make: (id, previousEventId, timestamp, input, settings, text) => ({
        id,
        previousEventId,
        timestamp,
        type: 'ActivityScheduled',
        activityScheduledEventDetails: { resource, ...settingsOf(settings), input: text(input), inputDetails: WHOLE },
      }),
    },
    started: {
      type: 'ActivityStarted',
      make: (id, previousEventId, timestamp, details = {}) => ({
        id,
        previousEventId,
        timestamp,
        type: 'ActivityStarted',
        activityStartedEventDetails: details,
      }),
    },
    submitted: () => ['TaskSubmitted'],
    succeeded: {
      type: 'ActivitySucceeded',
      make: (id, previousEventId, timestamp, result, _, text) => ({
        id,
        previousEventId,
        timestamp,
        type: 'ActivitySucceeded',
        activitySucceededEventDetails: { output: text(result), outputDetails: WHOLE },
      }),
    },
    failed: (failure) => ['ActivityFailed', { activityFailedEventDetails: errorOf(failure) }],
    failedTo: (_phase, failure) => ['ActivityScheduleFailed', { activityScheduleFailedEventDetails: errorOf(failure) }],
    timedOut: (failure) => ['ActivityTimedOut', { activityTimedOutEventDetails: errorOf(failure) }],
  };
}

/** `arn:aws:states:::glue:startJobRun.sync` has the resource type `glue` and the resource `startJobRun.sync`. */
function service(arn: string): TaskEvents {
  const [, resourceType = '', resource = arn] = INTEGRATION.exec(arn) ?? [];
  const what = { resourceType, resource };
  const later = LATER.test(arn);
  return {
    submits: later,
    hasToken: later,
    startsLater: false,
    scheduled: {
      type: 'TaskScheduled',
      make: (id, previousEventId, timestamp, input, settings, text) => ({
        id,
        previousEventId,
        timestamp,
        type: 'TaskScheduled',
        taskScheduledEventDetails: {
          resourceType,
          resource,
          region: settings.region,
          parameters: text(input),
          ...settingsOf(settings),
        },
      }),
    },
    started: {
      type: 'TaskStarted',
      make: (id, previousEventId, timestamp) => ({
        id,
        previousEventId,
        timestamp,
        type: 'TaskStarted',
        taskStartedEventDetails: what,
      }),
    },
    submitted: (answer) => [
      'TaskSubmitted',
      {
        taskSubmittedEventDetails:
          answer === undefined ? what : { ...what, output: JSON.stringify(answer), outputDetails: WHOLE },
      },
    ],
    succeeded: {
      type: 'TaskSucceeded',
      make: (id, previousEventId, timestamp, result, _, text) => ({
        id,
        previousEventId,
        timestamp,
        type: 'TaskSucceeded',
        taskSucceededEventDetails: { resourceType, resource, output: text(result), outputDetails: WHOLE },
      }),
    },
    failed: (failure) => ['TaskFailed', { taskFailedEventDetails: { ...what, ...errorOf(failure) } }],
    failedTo: (phase, failure) => {
      const details = { ...what, ...errorOf(failure) };
      if (phase === 'start') return ['TaskStartFailed', { taskStartFailedEventDetails: details }];
      return phase === 'submit' ? ['TaskSubmitFailed', { taskSubmitFailedEventDetails: details }] : undefined;
    },
    timedOut: (failure) => ['TaskTimedOut', { taskTimedOutEventDetails: { ...what, ...errorOf(failure) } }],
  };
}

function isSet({ timeout, heartbeat, roleArn }: Settings): boolean {
  return timeout !== undefined || heartbeat !== undefined || roleArn !== undefined;
}

function settingsOf({ timeout, heartbeat, roleArn }: Settings): Details {
  return {
    ...(timeout !== undefined && { timeoutInSeconds: timeout }),
    ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
    ...(roleArn !== undefined && { taskCredentials: { roleArn } }),
  };
}

/** The details of a failure: `error` and `cause`, each where there is one. */
export function errorOf({
  error,
  cause,
}: {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}): {
  readonly error?: string;
  readonly cause?: string;
} {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
