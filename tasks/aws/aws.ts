import { OPTIMIZED, SDK_OF_OPTIMIZED } from '../../asl/services/index.ts';
import { type Permission, type Template, template } from '../../authoring/internal.ts';
import { singleState } from '../single-state.ts';
import type { AwsAction, AwsParameters, AwsResult, AwsService } from './sdk-types.ts';

/** A call of any action of any AWS service. */
export interface AwsCall<S extends AwsService, A extends AwsAction<S>> {
  /** As Step Functions names it, after the SDK for Java: `lambda`, `sfn`, `eventbridge`, `cloudwatchlogs`. */
  readonly service: S;
  /** In camelCase: `invoke`, `putItem`. */
  readonly action: A;
  /** In PascalCase at every depth, as Step Functions takes them. */
  readonly parameters: AwsParameters<S, A>;
  /**
   * `request` (the default) goes on with the answer, `sync` waits for the job to end, `callback` waits for its task token to come back.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
   */
  readonly pattern?: 'request' | 'sync' | 'callback';
  /**
   * What the service then does with the machine's leave, for the policy: a query's reading of S3. What the call itself needs is known.
   */
  readonly permissions?: readonly Permission[];
}

/**
 * Calls an AWS service through its SDK integration; `sync` through the optimized one, where there is one.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function aws<const S extends AwsService, const A extends AwsAction<S>>(
  call: AwsCall<S, A>,
): Template<AwsResult<S, A>> {
  const { service, action, parameters } = call as {
    readonly service: string;
    readonly action: string;
    readonly parameters: unknown;
  };
  return template<AwsResult<S, A>>({
    service: 'aws',
    kind: `aws.${service}.${action}`,
    lower: () => singleState(resourceOf(service, action, call.pattern ?? 'request'), parameters),
    permissions: () => call.permissions ?? [],
  });
}

function resourceOf(service: string, action: string, pattern: 'request' | 'sync' | 'callback'): string {
  if (pattern === 'request') return `arn:aws:states:::aws-sdk:${service}:${action}`;
  const optimized = Object.keys(OPTIMIZED).find((name) => name === service || SDK_OF_OPTIMIZED[name] === service);
  if (pattern === 'sync') return `arn:aws:states:::${optimized ?? service}:${action}.sync`;
  const patterns = optimized === undefined ? undefined : OPTIMIZED[optimized]?.[action];
  return `arn:aws:states:::${patterns?.includes('waitForTaskToken') ? optimized : `aws-sdk:${service}`}:${action}.waitForTaskToken`;
}
