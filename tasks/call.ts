import type { Retrier } from '../asl/language/types.ts';
import { answerOf, wholeAnswerOf } from '../asl/services/answers.ts';
import { type FailedAnswer, failedAnswer, readResource } from '../asl/services/index.ts';
import type { ResultMember } from '../asl/services/sdk-results.ts';
import {
  expression,
  type Fragment,
  type FragmentState,
  type LoweringContext,
  type Shape,
} from '../authoring/internal.ts';

/** What a task says of its call besides what is called: its time limit and its heartbeat. */
type Limits = Partial<Pick<LoweringContext, 'timeoutSeconds' | 'heartbeatSeconds'>>;

/** What a call's state may have besides. */
interface CallFields {
  /** What AWS advises every machine to try again. */
  readonly Retry?: readonly Retrier[] | undefined;
  /** The role of another account. */
  readonly Credentials?: { readonly RoleArn: string } | undefined;
}

/**
 * The fragment of a task that is one call. Where the answer may say that something failed, `FailedEntryCount` of events:putEvents, a Choice
 * behind it asks, and fails the task; the answer stays the task's output. The call bears the task's id either way.
 * @param limits the context of `lower`, whose time limit and heartbeat the call bears
 * @example
 * ```ts
 * template({
 *   service: 'orders',
 *   kind: 'orders.send',
 *   lower: (limits) => callFragment('arn:aws:states:::sqs:sendMessage', { QueueUrl: 'https://…', MessageBody: 'now' }, limits),
 *   permissions: () => [],
 * });
 * ```
 */
export function callFragment(
  resource: string,
  args: unknown,
  limits: Limits = {},
  { Retry, Credentials }: CallFields = {},
): Fragment {
  const { heartbeatSeconds, timeoutSeconds } = limits;
  const waits = resource.endsWith('.waitForTaskToken');
  const state: FragmentState = {
    Type: 'Task',
    Resource: resource,
    Arguments: args,
    ...(Credentials && { Credentials }),
    ...(waits && heartbeatSeconds !== undefined && { HeartbeatSeconds: heartbeatSeconds }),
    ...(Retry && { Retry }),
  };
  const failed = failedAnswer(readResource(resource));
  if (failed === undefined) return { start: '', states: { '': { ...state, End: true } } };
  // Of several states each Task says the limit; of one the task's own state does.
  return checkedCall({ ...state, ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }) }, failed);
}

function checkedCall(state: FragmentState, failed: FailedAnswer): Fragment {
  return {
    start: '',
    states: { '': { ...state, Next: 'failed?' }, ...failureStates(failed, 'done'), done: { Type: 'Succeed' } },
  };
}

/** The states `failed?` and `failed`, which ask the answer of a call whether something failed: they go on with `otherwise`. */
export function failureStates(
  { condition, error, cause }: FailedAnswer,
  otherwise: string,
): { readonly [step: string]: FragmentState } {
  return {
    'failed?': {
      Type: 'Choice',
      Choices: [{ Condition: expression(condition), Next: 'failed' }],
      Default: otherwise,
    },
    failed: {
      Type: 'Fail',
      Error: 'name' in error ? error.name : expression(error.expression),
      Cause: expression(cause),
    },
  };
}

/** All that is known of a call's answer, for a template whose output is that answer. */
export function answerWhole(resource: string): Shape {
  return () => wholeAnswerOf(resource);
}

/**
 * What is known of the fields of a call's answer that a template's type promises, so that a misspelt one is refused.
 * @example
 * const outputShape = answerShape('arn:aws:states:::aws-sdk:dynamodb:listTables', ['TableNames']);
 */
export function answerShape(resource: string, fields: readonly string[]): Shape {
  return () => {
    const answer = answerOf(resource);
    const members = answer?.kind === 'structure' ? answer.members : new Map<string, ResultMember>();
    return { kind: 'structure', members: new Map(fields.map((name) => [name, members.get(name) ?? OPEN])) };
  };
}

const OPEN: ResultMember = { required: false, shape: () => ({ kind: 'any' }) };
