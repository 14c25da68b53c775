import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { accessDenied } from './access-denied.ts';
import { partitionOfRegion } from './partition.ts';
import { waitedFor } from './patience.ts';
import { roleOfCall, roleRefusal } from './propagation.ts';
import { KNOWN_REGIONS } from './regions.ts';
import { type Call, callOf } from './remember-call.ts';

/** `retry`: the same call may succeed later, unchanged. `end`: it will not. */
export type ErrorClass = 'retry' | 'end';

/**
 * What kind of error it is. The SDK's clients try the first kind again by themselves; one that arrives here was tried several times.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function errorClass(error: unknown): ErrorClass {
  const name = errorName(error);
  if (THROTTLED.test(name) || BUSY.has(name) || isNetworkError(error)) return 'retry';
  return (statusOf(error) ?? 0) >= 500 ? 'retry' : 'end';
}

/** The SDK's name of an error: `ResourceNotFoundException` … */
export function errorName(error: unknown): string {
  return error instanceof Error ? ((error as { Code?: string }).Code ?? error.name) : '';
}

export function isError(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && (names.includes(error.name) || names.includes(errorName(error)));
}

export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

/** What a call answers; undefined if the thing does not exist. */
export async function orUndefined<T>(work: Promise<T>, ...names: readonly string[]): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isError(error, ...names)) return undefined;
    throw error;
  }
}

/** Does work with AWS; an error that nobody in it handled becomes the one message that a user gets. */
export async function withAws<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = awsDiagnostic(error);
    if (said === undefined) throw error;
    throw new Stop(said, 3);
  }
}

/** The message for an error of an SDK client; undefined if it is not one. */
export function awsDiagnostic(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error) || error instanceof Stop) return undefined;
  const name = errorName(error);
  const detail = plain(error.message || name);
  if (NO_CREDENTIALS.has(name) || /^Region is missing/.test(error.message))
    return diagnose('AWS001', { detail, profile: process.env.AWS_PROFILE });
  const call = callOf(error);
  if (call === undefined) return undefined;
  if (BAD_CREDENTIALS.has(name)) {
    const { region } = call;
    const place = region && { region, partition: partitionOfRegion(region) };
    return diagnose('AWS002', { detail: `${name}: ${detail}`, ...(place && { place }) });
  }
  const about = { service: call.name?.title ?? TITLES[call.service] ?? call.service, operation: call.operation };
  const refusal = roleRefusal(error);
  if (refusal !== undefined) {
    const role = refusal.role ?? roleOfCall(call.input);
    return diagnose('AWS008', { ...about, role, what: refusal.what, detail, seconds: waitedFor(error) / 1000 });
  }
  if (DENIED.has(name) || statusOf(error) === 403) return diagnose('AWS004', accessDenied(error.message, call));
  if (isNetworkError(error))
    return diagnose('AWS005', { ...about, detail: networkDetail(error), ...regionDoubt(error, call) });
  if (errorClass(error) === 'retry') return diagnose('AWS006', { ...about, name, detail });
  return diagnose(QUOTA.test(name) ? 'AWS009' : 'AWS007', { ...about, name, detail: withResource(detail, call) });
}

/** The thing that was asked for, where the message does not say. */
function withResource(detail: string, { input }: Call): string {
  const named = Object.entries(input).find(
    ([key, value]) =>
      /^(bucket|name|rolename|statemachinearn|loggroupname|arn|key)$/i.test(key) && typeof value === 'string',
  );
  return named === undefined || detail.includes(named[1]) ? detail : `${detail} (${named[0]} ${named[1]})`;
}

function plain(message: string): string {
  return message.trim().split('\n')[0]!.replace(/\.$/, '');
}

function isNetworkError(error: unknown): boolean {
  const { code, name, cause } = (error ?? {}) as { code?: string; name?: string; cause?: unknown };
  if (name === 'TimeoutError' || NETWORK.has(code ?? '')) return true;
  return typeof cause === 'object' && cause !== null && isNetworkError(cause);
}

/** A service's host is named after its region: where there is none of a region that nobody knows, it is misspelt more often than new. */
function regionDoubt(error: unknown, { region }: Call): { readonly region?: string; readonly near?: string } {
  if (region === undefined || KNOWN_REGIONS.includes(region) || !isNoHost(error)) return {};
  return { region, near: didYouMean(region, KNOWN_REGIONS) };
}

function isNoHost(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: unknown };
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' || (cause !== undefined && isNoHost(cause));
}

function networkDetail(error: Error): string {
  const inner = (error as { errors?: readonly Error[] }).errors?.[0] ?? error;
  return plain(inner.message || (inner as { code?: string }).code || inner.name);
}

const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|BandwidthLimitExceeded|LimitExceededException\.Throttle|SlowDown|PriorRequestNotComplete|EC2ThrottledException|TransactionInProgressException)$/;

/**
 * There is as much of it as the account may have: `LimitExceeded` of IAM and CloudWatch, `LimitExceededException` of EventBridge and
 * CloudWatch Logs, `StateMachineLimitExceeded`, `ServiceQuotaExceededException` of EventBridge Scheduler, and the like.
 */
const QUOTA =
  /(LimitExceeded|LimitExceededFault|LimitExceededException|QuotaExceeded|QuotaExceededException)$|^TooManyBuckets$/;

/** Refused because something else is under way. */
const BUSY = new Set([
  'ConcurrentModificationException',
  'ConcurrentModification',
  'ConditionalRequestConflict',
  'OperationAborted',
  'OperationAbortedException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ServiceFailure',
  'InternalError',
  'InternalFailure',
  'InternalServerException',
  'StateMachineDeleting',
]);

const NETWORK = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
]);

const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);

const BAD_CREDENTIALS = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'InvalidToken',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
]);

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'UnauthorizedOperation',
  'NotAuthorized',
]);

const TITLES: { readonly [service: string]: string } = {
  s3: 'S3',
  iam: 'IAM',
  sts: 'STS',
  sfn: 'Step Functions',
  scheduler: 'EventBridge Scheduler',
  eventbridge: 'EventBridge',
  cloudwatchlogs: 'CloudWatch Logs',
  cloudwatch: 'CloudWatch',
};
