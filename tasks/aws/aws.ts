import type { ServiceIam } from '../../asl/services/iam/index.ts';
import {
  type ChecksOf,
  diagnosticHere,
  fallbackTemplate,
  object,
  type Permission,
  report,
  required,
  type Template,
  template,
  text,
  that,
} from '../../authoring/internal.ts';
import { answerWhole, callFragment } from '../call.ts';
import { checkedTemplate, permissions } from '../checked.ts';
import { ecs } from '../ecs/service.ts';
import { lambda } from '../lambda/service.ts';
import { roleArnOf } from '../own-names.ts';
import { passesRoles, rolesToPass, roleToPass } from '../pass-roles.ts';
import { argumentsOf } from './arguments.ts';
import { type CallPattern, type IntegrationKind, integrationOf } from './integration.ts';
import type {
  AwsAction,
  AwsIntegration,
  AwsParameters,
  AwsPattern,
  AwsResult,
  AwsService,
} from './integration-types.ts';
import { invokesEndpoint } from './invokes-endpoint.ts';
import { otherServices } from './service.ts';

/** A call of any action of any AWS service. */
export interface AwsCall<
  S extends AwsService,
  A extends AwsAction<S>,
  P extends AwsPattern<S, A>,
  I extends IntegrationKind,
> {
  /** As Step Functions' SDK integrations name it, after the SDK for Java: `lambda`, `sfn`, `eventbridge`, `cloudwatchlogs`. */
  readonly service: S;
  /** In camelCase: `invoke`, `putItem`; also what only an optimized integration has: `addStep` of emr, `invoke` of http. */
  readonly action: A;
  /** In PascalCase at every depth, as Step Functions takes them. */
  readonly parameters: AwsParameters<S, A, I>;
  /**
   * `request` (the default) goes on with the answer, `sync` waits for the job to end, `callback` waits until somebody sends the task token
   * back that the parameters hand over (`taskToken`).
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
   */
  readonly pattern?: P;
  /**
   * Default: the optimized integration wherever Step Functions has one for the action, else the SDK's. They differ in what they take and
   * answer: the optimized `lambda:invoke` answers what the function returned as JSON and fails with the function's own error.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
   */
  readonly integration?: I & AwsIntegration<S, A>;
  /**
   * What the service then does with the machine's leave, for the policy: a query's reading of S3. What the call itself needs is known.
   */
  readonly permissions?: readonly Permission[];
  /**
   * The roles that the call hands on without naming them, which the machine must be allowed to: of ecs:runTask those of the task definition,
   * its task role and its execution role. Values of `dag.env`, or ARNs; `[]` says that there are none.
   */
  readonly passRoles?: readonly string[];
  /**
   * The role of another account that the call is made with: it must trust the machine's role, which may assume it and needs nothing else
   * for the call. What the role then may do is said in that account. Not for `http:invoke`.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html
   */
  readonly credentials?: { readonly roleArn: string };
}

/**
 * Calls an AWS service through Step Functions' integration with it. An answer that says that something failed (`Failed` of sqs:sendMessageBatch,
 * `UnprocessedItems` of dynamodb:batchWriteItem) fails the task, with an error called after it: `Sqs.Failed`, `DynamoDb.UnprocessedItems`.
 * @example
 * const load = dag.task('load', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load', Payload: { day: dag.logicalDate } } }));
 * const job = dag.task('job', aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: 'clean' } }));
 * @throws Stop where the service, the action, the pattern or the form does not exist, with what does
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
 */
export function aws<
  const S extends AwsService,
  const A extends AwsAction<S>,
  const P extends AwsPattern<S, A> = 'request',
  const I extends IntegrationKind = 'optimized',
>(call: AwsCall<S, A, P, I>): Template<AwsResult<S, A, P, I>> {
  return checkedTemplate<Asked, AwsResult<S, A, P, I>>('aws', call, CALL, templateOf);
}

/** A call as it was handed over. */
interface Asked {
  readonly service: string;
  readonly action: string;
  readonly parameters: object;
  readonly pattern?: CallPattern;
  readonly integration?: IntegrationKind;
  readonly permissions?: readonly Permission[];
  readonly passRoles?: readonly string[];
  readonly credentials?: { readonly roleArn: string };
}

/** What the fields say is checked where the call's integration is looked for. */
const CALL: ChecksOf<Asked> = {
  service: required(text),
  action: required(text),
  parameters: required(
    that('an object, `{ Name: … }`', (given) => typeof given === 'object' && given !== null && !Array.isArray(given)),
  ),
  pattern: text,
  integration: text,
  permissions,
  passRoles: rolesToPass,
  credentials: object<NonNullable<Asked['credentials']>>(
    { roleArn: required(roleToPass) },
    "{ roleArn: 'arn:aws:iam::123456789012:role/jobs' }",
  ),
};

function templateOf<Output>({ pattern = 'request', ...call }: Asked): Template<Output> {
  const { service, action, parameters, permissions: said = [], passRoles, credentials } = call;
  const integration = integrationOf({ service, action, pattern, integration: call.integration });
  if (integration === undefined) return fallbackTemplate(`aws.${service}.${action}`);
  if (credentials !== undefined && service === 'http') {
    report([
      diagnosticHere('DAG006', {
        id: 'aws',
        field: '`credentials`',
        wanted: 'no role, since http:invoke is called with a connection',
      }),
    ]);
    return fallbackTemplate(`aws.${service}.${action}`);
  }
  const retried = RETRIED.get(`${service}:${action}`);
  return template<Output>({
    service: 'aws',
    kind: `aws.${service}.${action}`,
    outputShape: answerWhole(integration.resource),
    lower: ({ isRole = () => false, ...limits }) => {
      const args = argumentsOf(parameters, integration, action, isRole);
      const Credentials = credentials && { RoleArn: roleArnOf(credentials.roleArn, isRole) };
      return callFragment(integration.resource, args, limits, { Retry: retried, Credentials });
    },
    ...(passRoles && { saysRoles: true as const }),
    permissions: ({ isRole }) => [
      ...(credentials === undefined ? invokesEndpoint(integration, parameters) : []),
      ...said,
      ...passesRoles(passRoles ?? [], assumedBy(service), isRole),
    ],
  });
}

/** What AWS advises every machine to try again, by the call. */
const RETRIED = new Map(Object.entries(lambda.retried));

function assumedBy(service: string): string {
  const known: readonly ServiceIam[] = [...otherServices.iam, ...ecs.iam];
  return known.find(({ prefix }) => prefix === service)?.assumedBy ?? `${service}.amazonaws.com`;
}
