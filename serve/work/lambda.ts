import type { TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Account } from '../arn.ts';

const FUNCTION = /^arn:[^:]+:lambda:/;
const INVOKE = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:)?lambda:invoke(\.waitForTaskToken)?$/;

/** Whether a task calls a function: by its ARN, by the integration of Lambda, or as any other action of the SDK. */
export function callsLambda(resource: string): boolean {
  return FUNCTION.test(resource) || INVOKE.test(resource);
}

/**
 * Calls functions at a Lambda endpoint (SAM's `start-lambda`, an emulator), as Step Functions Local's `--lambda-endpoint` did; answers and
 * errors as Step Functions has them of each way to call.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createLambda(endpoint: string, account: Account): (call: TaskCall) => Promise<TaskReply> {
  return async (call) => {
    const [, sdk] = INVOKE.exec(call.resource) ?? [];
    const direct = FUNCTION.test(call.resource);
    const given = (direct ? { FunctionName: call.resource, Payload: call.arguments } : call.arguments) as JsonObject;
    let response: Response;
    let text: string;
    try {
      response = await fetch(addressOf(endpoint, given), {
        method: 'POST',
        headers: headersOf(given, account),
        body: given.Payload === undefined ? '' : payloadText(given.Payload, sdk !== undefined),
        signal: call.signal,
      });
      text = await response.text();
    } catch (error) {
      return { error: 'Lambda.SdkClientException', cause: `Unable to execute HTTP request: ${reasonOf(error)}` };
    }
    if (!response.ok) return refusal(response, text);
    const failed = response.headers.get('x-amz-function-error');
    if (sdk !== undefined)
      return { result: { ...about(response), ...(failed !== null && { FunctionError: failed }), Payload: text } };
    if (failed !== null) return { error: errorType(text), cause: text };
    const payload = readJson(text);
    return { result: direct ? payload : { ...about(response), Payload: payload } };
  };
}

function addressOf(endpoint: string, { FunctionName, Qualifier }: JsonObject): URL {
  const address = new URL(`/2015-03-31/functions/${encodeURIComponent(String(FunctionName))}/invocations`, endpoint);
  if (typeof Qualifier === 'string') address.searchParams.set('Qualifier', Qualifier);
  return address;
}

/** Endpoints on a machine check no signature; some read the service's name from where it would stand. */
function headersOf(
  { InvocationType, ClientContext, LogType }: JsonObject,
  { region }: Account,
): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    Authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=local`,
    ...(typeof InvocationType === 'string' && { 'X-Amz-Invocation-Type': InvocationType }),
    ...(typeof ClientContext === 'string' && { 'X-Amz-Client-Context': ClientContext }),
    ...(typeof LogType === 'string' && { 'X-Amz-Log-Type': LogType }),
  };
}

/** The SDK's integration takes a text of JSON as it is. */
function payloadText(payload: Json, sdk: boolean): string {
  return sdk && typeof payload === 'string' ? payload : JSON.stringify(payload);
}

function about(response: Response): JsonObject {
  const version = response.headers.get('x-amz-executed-version');
  return { ...(version !== null && { ExecutedVersion: version }), StatusCode: response.status };
}

/** A function's error is named after its exception; the cause is what the runtime writes. */
function errorType(text: string): string {
  const body = readJson(text) as { readonly errorType?: unknown } | null;
  return typeof body?.errorType === 'string' ? body.errorType : 'Lambda.Unknown';
}

/** The service itself did not take the call. */
function refusal(response: Response, text: string): TaskReply {
  const body = readJson(text) as { readonly message?: unknown; readonly Message?: unknown } | null;
  const header = response.headers.get('x-amzn-errortype')?.replace(/:.*$/, '');
  const name = header ?? (response.status >= 500 ? 'ServiceException' : 'AWSLambdaException');
  const id = response.headers.get('x-amzn-requestid') ?? '';
  const message = String(body?.message ?? body?.Message ?? text);
  return {
    error: `Lambda.${name}`,
    cause: `${message} (Service: AWSLambda; Status Code: ${response.status}; Error Code: ${name}; Request ID: ${id}; Proxy: null)`,
  };
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text === '' ? null : text;
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { readonly cause?: { readonly message?: string } };
  return cause?.message ?? message;
}
