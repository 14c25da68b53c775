import { type ChecksOf, filled, oneOf, required, type Template, template } from '../../authoring/internal.ts';
import { callFragment } from '../call.ts';
import { checkedTemplate, formed, jsonObject, type OtherNames } from '../checked.ts';
import { INVOKE_CHARGE } from './prices.ts';
import { lambda } from './service.ts';

/** A call of a function that exists. */
export interface InvokeParameters {
  /** Its name, `score`, with a version or an alias behind a colon, `score:live`, or its ARN; a value of `dag.env` too. */
  readonly function: string;
  /** What it is given, as JSON: at most 256 KiB, as any input of a state. Default `{}`. */
  readonly payload?: unknown;
  /** A version or an alias, where `function` does not name one. */
  readonly qualifier?: string;
  /**
   * `callback` waits until somebody sends back the task token that the payload hands over (`taskToken`); the task's output is then what
   * comes with it. Default `request`: the task's output is what the function returns.
   */
  readonly pattern?: 'request' | 'callback';
}

/**
 * Calls a Lambda function that exists and waits for its answer, which is the task's output. An error of the function fails the task under
 * the name of its exception (`ValueError`, `NoSuchKey`), for `retries` and `skipOn`; what Lambda itself fails with now and then is tried
 * again besides, six times.
 *
 * @typeParam Output what the function returns
 * @example
 * ```ts
 * const scored = dag.task('score', lambda.invoke<{ kept: number }>({ function: 'score:live', payload: { day: dag.logicalDate } }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
// biome-ignore lint/suspicious/noExplicitAny: what a function returns is JSON of any make, unless its caller says more
export function invoke<Output = any>(parameters: InvokeParameters): Template<Output> {
  return checkedTemplate('lambda.invoke', parameters, INVOKE, made<Output>, OTHER_NAMES);
}

const INVOKE: ChecksOf<InvokeParameters> = {
  function: required(
    formed('the name of a function, `score` or `score:live`, or its ARN', (text) =>
      /^(?:arn:[\w-]+:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?[\w-]+(?::(?:\$LATEST|[\w-]+))?$/.test(
        text,
      ),
    ),
  ),
  payload: jsonObject,
  qualifier: filled,
  pattern: oneOf(['request', 'callback']),
};

const OTHER_NAMES: OtherNames = {
  functionname: 'function',
  functionarn: 'function',
  name: 'function',
  lambdafunction: 'function',
  input: 'payload',
  event: 'payload',
  body: 'payload',
  args: 'payload',
  version: 'qualifier',
  alias: 'qualifier',
  invocationtype: "A task waits for the answer: leave it out; `aws({ service: 'lambda', action: 'invoke' })` takes it.",
};

function made<Output>(parameters: InvokeParameters): Template<Output> {
  const { pattern = 'request', qualifier, payload = {} } = parameters;
  const waits = pattern === 'callback';
  return template<Output>({
    service: 'lambda',
    kind: 'lambda.invoke',
    sample: waits ? {} : { ExecutedVersion: '$LATEST', Payload: {}, StatusCode: 200 },
    charge: INVOKE_CHARGE,
    lower: (limits) => ({
      ...callFragment(
        `arn:aws:states:::lambda:invoke${waits ? '.waitForTaskToken' : ''}`,
        {
          FunctionName: parameters.function,
          ...(qualifier !== undefined && { Qualifier: qualifier }),
          Payload: payload,
        },
        limits,
        { Retry: lambda.retried['lambda:invoke'] },
      ),
      ...(!waits && { output: 'Payload' }),
    }),
    permissions: () => [],
  });
}
