import type { Json, JsonObject } from '../json/value.ts';
import { FAILED_ANSWERS } from './failed-answers.generated.ts';
import { SDK_OF_OPTIMIZED } from './optimized.ts';
import type { Resource } from './resource.ts';

/** How an answer with status 200 says that something of the call was not done. JSONata over the answer, which is `$states.input`. */
export interface FailedAnswer {
  /** Whether something failed: true or false, whatever the answer. */
  readonly condition: string;
  /** What to call the error; an expression where the answer names it. */
  readonly error: { readonly name: string } | { readonly expression: string };
  /** What failed, as text. */
  readonly cause: string;
}

/**
 * How a call's answer says that something failed which Step Functions takes for a success; undefined where failures are errors, which is
 * the rule. The error is called after the member that says it, `Sqs.Failed`, where AWS has no name of its own for it.
 * @example failedAnswer({ kind: 'integration', sdk: true, service: 'sqs', action: 'sendMessageBatch', pattern: 'request' })
 */
export function failedAnswer(resource: Resource): FailedAnswer | undefined {
  if (resource.kind !== 'integration' || resource.pattern !== 'request') return undefined;
  const { sdk, action } = resource;
  const service = sdk ? resource.service : (SDK_OF_OPTIMIZED[resource.service] ?? resource.service);
  const name = `${service}:${action}`;
  if (!sdk && ITSELF.has(name)) return undefined;
  if (Object.hasOwn(OWN, name)) return OWN[name];
  const [prefix] = failedOf(service).split(' ');
  const member = memberOf(service, action);
  return member === undefined ? undefined : ofMember(member, NAMES[name] ?? `${prefix}.${member.replace(/\W$/, '')}`);
}

/** The member of a call's answer that is there, or filled, only where something failed; undefined where there is none. */
export function failureMember(resource: Resource): string | undefined {
  if (resource.kind !== 'integration') return undefined;
  const service = resource.sdk ? resource.service : (SDK_OF_OPTIMIZED[resource.service] ?? resource.service);
  return OWN_MEMBERS[`${service}:${resource.action}`] ?? memberOf(service, resource.action)?.replace(/\W$/, '');
}
const OWN_MEMBERS: { readonly [call: string]: string } = {
  'cloudwatchlogs:putLogEvents': 'RejectedLogEventsInfo',
  'dynamodb:batchExecuteStatement': 'Responses',
  'lambda:invoke': 'FunctionError',
};

/** With its mark, as `ofMember` reads it. */
function memberOf(service: string, action: string): string | undefined {
  const [, ...members] = failedOf(service).split(' ');
  return members.find((one) => one.startsWith(`${action}:`))?.slice(action.length + 1);
}

function failedOf(service: string): string {
  return Object.hasOwn(FAILED_ANSWERS, service) ? FAILED_ANSWERS[service]! : '';
}

/** The optimized forms that fail the state themselves. */
const ITSELF: ReadonlySet<string> = new Set(['eventbridge:putEvents', 'lambda:invoke']);

/**
 * The error that an optimized integration itself makes of a call's answer; undefined where the answer becomes the task's result.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html and connect-ecs.html
 * @example errorOfAnswer('arn:aws:states:::events:putEvents', { FailedEntryCount: 1, Entries: [] })?.error // EventBridge.FailedEntry
 */
export function errorOfAnswer(resource: string, answer: Json): { error: string; cause: string } | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { FailedEntryCount, Failures } = answer as JsonObject;
  const call =
    Number(FailedEntryCount) > 0 && resource.endsWith(':events:putEvents')
      ? 'eventbridge:putEvents'
      : Array.isArray(Failures) && Failures.length > 0 && resource.endsWith(':ecs:runTask.sync')
        ? 'ecs:runTask'
        : undefined;
  return call && { error: NAMES[call] as string, cause: JSON.stringify(answer) };
}

/** What AWS calls the same failure in another form of the call. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html and connect-eventbridge.html */
const NAMES: { readonly [call: string]: string } = {
  'ecs:runTask': 'AmazonECS.Unknown',
  'eventbridge:putEvents': 'EventBridge.FailedEntry',
};

/** A list has no mark, a map ends with `*`, a count with `#`. */
function ofMember(marked: string, name: string): FailedAnswer {
  const [, member, mark] = /^(\w+)(\W?)$/.exec(marked) as unknown as [string, string, string];
  const path = `$states.input.${member}`;
  if (mark === '#')
    return { condition: `$exists($states.input[${member} > 0])`, error: { name }, cause: asText('$states.input') };
  return found(path, mark === '*' ? `${path}.*` : `${path}[0]`, name);
}

function found(path: string, one: string, name: string): FailedAnswer {
  return { condition: `$exists(${one})`, error: { name }, cause: asText(path) };
}

/** A cause has a limit, and a thousand entries that failed say no more than the first. */
function asText(path: string): string {
  return `$substring($string(${path}), 0, 1024)`;
}

const REJECTED = '$states.input.RejectedLogEventsInfo';
const STATEMENTS = '$states.input.Responses.Error';
const BULK = "$states.input.BulkEmailEntryResults[Status != 'SUCCESS']";
const TEMPLATED = "$states.input.Status[Status != 'Success']";

/** Answers that say it otherwise than by a member for what failed. */
const OWN: { readonly [call: string]: FailedAnswer } = {
  'cloudwatchlogs:putLogEvents': found(REJECTED, REJECTED, 'CloudWatchLogs.RejectedLogEventsInfo'),
  'dynamodb:batchExecuteStatement': found(STATEMENTS, STATEMENTS, 'DynamoDb.BatchStatementError'),
  // The optimized form fails with the function's own error.
  'lambda:invoke': {
    condition: '$exists($states.input.FunctionError)',
    error: {
      expression: "($name := $parse($states.input.Payload).errorType; $exists($name) ? $name : 'Lambda.Unknown')",
    },
    cause: '$states.input.Payload',
  },
  'ses:sendBulkTemplatedEmail': found(TEMPLATED, TEMPLATED, 'Ses.Status'),
  'sesv2:sendBulkEmail': found(BULK, BULK, 'SesV2.BulkEmailEntryResults'),
  // It answers 200 for an execution that failed.
  'sfn:startSyncExecution': {
    condition: "$exists($states.input[Status != 'SUCCEEDED'])",
    error: { expression: "$exists($states.input.Error) ? $states.input.Error : 'States.TaskFailed'" },
    cause: "'' & $states.input.Cause",
  },
};
