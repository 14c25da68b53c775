import { OPTIMIZED, SDK_OF_OPTIMIZED } from './optimized.ts';
import { type SdkMembers, sdkService } from './sdk.ts';
import { Shapes } from './sdk-shapes.ts';

/** Integrations that take what another action of the SDK takes. */
const LIKE: { readonly [integration: string]: readonly [service: string, action: string] } = {
  'elasticmapreduce:createCluster': ['emr', 'runJobFlow'],
};

/**
 * Integrations with arguments of their own, in the notation of sdk.generated.ts.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html and the pages of Amazon API Gateway, EKS and EMR
 */
const OWN: { readonly [integration: string]: string } = {
  'apigateway:invoke':
    'ApiEndpoint* Method* AllowNullValues:b AuthType Headers:a Path:a QueryParameters:a RequestBody:a Stage:a',
  'bedrock:invokeModel':
    'ModelId* Accept Body:a ContentType GuardrailIdentifier GuardrailVersion Input:a Output:a PerformanceConfigLatency ServiceTier Trace',
  'http:invoke':
    'ApiEndpoint* Method* Authentication:a InvocationConfig:a Headers:a QueryParameters:a RequestBody:a Transform:a',
  'eks:call': 'ClusterName CertificateAuthority* Endpoint* Method* Path* QueryParameters:a RequestBody:a',
  'eks:runJob': 'ClusterName CertificateAuthority* Endpoint* Job*:a Namespace LogOptions:a',
  'elasticmapreduce:terminateCluster': 'ClusterId*',
  'elasticmapreduce:addStep': 'ClusterId* Step*:a ExecutionRoleArn',
  'elasticmapreduce:cancelStep': 'ClusterId* StepId*',
  'elasticmapreduce:setClusterTerminationProtection': 'ClusterId* TerminationProtected*:b',
  'elasticmapreduce:modifyInstanceFleetByName': 'ClusterId* InstanceFleetName* InstanceFleet*:a',
  'elasticmapreduce:modifyInstanceGroupByName': 'ClusterId* InstanceGroupName* InstanceGroup*:a',
};

const own = new Map<string, Shapes>();

/** The arguments of an optimized integration; undefined where there is no such integration, or where they are not known. */
export function optimizedArguments(service: string, action: string): SdkMembers | undefined {
  if (!Object.hasOwn(OPTIMIZED, service)) return undefined;
  const name = `${service}:${action}`;
  if (Object.hasOwn(OWN, name)) {
    const shapes = own.get(name) ?? new Shapes(OWN[name]!);
    own.set(name, shapes);
    return shapes.members('0');
  }
  const [sdk, call] = Object.hasOwn(LIKE, name) ? LIKE[name]! : [SDK_OF_OPTIMIZED[service] ?? service, action];
  return sdkService(sdk)?.get(call);
}
