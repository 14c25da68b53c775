import type { Json } from '../json.ts';
import type { Details } from './history.ts';
import { shown } from './history.ts';
import type { StateFailure } from './state-failure.ts';

/** How the history names what a Task does: each kind of resource has events of its own. */
export interface TaskEvents {
  /** Whether the service first takes the work (`TaskSubmitted`) and answers later. */
  readonly submits: boolean;
  /** Whether the work can be given a task token. */
  readonly hasToken: boolean;
  scheduled(input: Json, limits: Limits): Event;
  started(): Event;
  submitted(): Event;
  succeeded(result: Json): Event;
  failed(failure: StateFailure): Event;
  timedOut(failure: StateFailure): Event;
}
type Event = readonly [type: string, details?: Details];
/** Seconds, where the state sets them. */
export interface Limits {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

const LAMBDA = /^arn:[^:]+:lambda:/;
const ACTIVITY = /^arn:[^:]+:states:[^:]+:[^:]+:activity:/;
const INTEGRATION = /^arn:[^:]+:states:[^:]*:[^:]*:(.+):([^:]+)$/;

const known = new Map<string, TaskEvents>();

/**
 * The events of a resource.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export function taskEvents(resource: string): TaskEvents {
  let events = known.get(resource);
  if (events === undefined) {
    events = LAMBDA.test(resource)
      ? lambda(resource)
      : ACTIVITY.test(resource)
        ? activity(resource)
        : service(resource);
    known.set(resource, events);
  }
  return events;
}

function lambda(resource: string): TaskEvents {
  return {
    submits: false,
    hasToken: false,
    scheduled: (input, { timeout }) => [
      'LambdaFunctionScheduled',
      {
        lambdaFunctionScheduledEventDetails: {
          resource,
          ...shown('input', input),
          ...(timeout !== undefined && { timeoutInSeconds: timeout }),
        },
      },
    ],
    started: () => ['LambdaFunctionStarted'],
    submitted: () => ['TaskSubmitted'],
    succeeded: (result) => [
      'LambdaFunctionSucceeded',
      { lambdaFunctionSucceededEventDetails: shown('output', result) },
    ],
    failed: ({ error, cause }) => ['LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: { error, cause } }],
    timedOut: ({ error, cause }) => [
      'LambdaFunctionTimedOut',
      { lambdaFunctionTimedOutEventDetails: { error, cause } },
    ],
  };
}

function activity(resource: string): TaskEvents {
  return {
    submits: false,
    hasToken: true,
    scheduled: (input, { timeout, heartbeat }) => [
      'ActivityScheduled',
      {
        activityScheduledEventDetails: {
          resource,
          ...shown('input', input),
          ...(timeout !== undefined && { timeoutInSeconds: timeout }),
          ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
        },
      },
    ],
    started: () => ['ActivityStarted', { activityStartedEventDetails: {} }],
    submitted: () => ['TaskSubmitted'],
    succeeded: (result) => ['ActivitySucceeded', { activitySucceededEventDetails: shown('output', result) }],
    failed: ({ error, cause }) => ['ActivityFailed', { activityFailedEventDetails: { error, cause } }],
    timedOut: ({ error, cause }) => ['ActivityTimedOut', { activityTimedOutEventDetails: { error, cause } }],
  };
}

/** `arn:aws:states:::glue:startJobRun.sync` has the resource type `glue` and the resource `startJobRun.sync`. */
function service(arn: string): TaskEvents {
  const [, resourceType = '', resource = arn] = INTEGRATION.exec(arn) ?? [];
  const what = { resourceType, resource };
  const later = /\.(?:sync(?::\d+)?|waitForTaskToken)$/.test(arn);
  return {
    submits: later,
    hasToken: later,
    scheduled: (input, { timeout, heartbeat }) => [
      'TaskScheduled',
      {
        taskScheduledEventDetails: {
          ...what,
          region: 'us-east-1',
          get parameters() {
            return JSON.stringify(input);
          },
          ...(timeout !== undefined && { timeoutInSeconds: timeout }),
          ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
        },
      },
    ],
    started: () => ['TaskStarted', { taskStartedEventDetails: what }],
    submitted: () => ['TaskSubmitted', { taskSubmittedEventDetails: what }],
    succeeded: (result) => ['TaskSucceeded', { taskSucceededEventDetails: { ...what, ...shown('output', result) } }],
    failed: ({ error, cause }) => ['TaskFailed', { taskFailedEventDetails: { ...what, error, cause } }],
    timedOut: ({ error, cause }) => ['TaskTimedOut', { taskTimedOutEventDetails: { ...what, error, cause } }],
  };
}
