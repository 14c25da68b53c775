import { OPTIMIZED, SDK_OF_OPTIMIZED } from './optimized.ts';
import { type SdkArgument, type SdkMembers, type SdkType, sdkService } from './sdk.ts';
import { Shapes } from './sdk-shapes.ts';

/** Integrations that take what another action of the SDK takes. */
const LIKE: { readonly [integration: string]: readonly [service: string, action: string] } = {
  'elasticmapreduce:createCluster': ['emr', 'runJobFlow'],
};

const METHODS = 'GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS';

/**
 * Integrations with arguments of their own, in the notation of sdk.generated.ts: the structures, an empty line, the enums.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html and the pages of Amazon API Gateway, EKS and EMR
 */
const OWN: { readonly [integration: string]: string } = {
  'apigateway:invoke': `ApiEndpoint* Method*:e0 AllowNullValues:b AuthType:e1 Headers:a Path:a QueryParameters:a RequestBody:a Stage:a

${METHODS}
NO_AUTH|IAM_ROLE|RESOURCE_POLICY`,
  'bedrock:invokeModel':
    'ModelId* Accept Body:a ContentType GuardrailIdentifier GuardrailVersion Input:a Output:a PerformanceConfigLatency ServiceTier Trace',
  'http:invoke': `ApiEndpoint* Method*:e0 Authentication:1 InvocationConfig:1 Headers:a QueryParameters:a RequestBody:a Transform:2
ConnectionArn
RequestBodyEncoding:e1 RequestEncodingOptions:3
ArrayFormat:e2

${METHODS}
NONE|URL_ENCODED
INDICES|REPEAT|COMMAS|BRACKETS`,
  'eks:call': `ClusterName CertificateAuthority* Endpoint* Method*:e0 Path* QueryParameters:a RequestBody:a

${METHODS}`,
  'eks:runJob': `ClusterName CertificateAuthority* Endpoint* Job*:a Namespace LogOptions:1
RetrieveLogs:b RawLogs:b LogParameters:a`,
  'elasticmapreduce:terminateCluster': 'ClusterId*',
  'elasticmapreduce:addStep': 'ClusterId* Step*:a ExecutionRoleArn',
  'elasticmapreduce:cancelStep': 'ClusterId* StepId*',
  'elasticmapreduce:setClusterTerminationProtection': 'ClusterId* TerminationProtected*:b',
  'elasticmapreduce:modifyInstanceFleetByName': 'ClusterId* InstanceFleetName* InstanceFleet*:a',
  'elasticmapreduce:modifyInstanceGroupByName': 'ClusterId* InstanceGroupName* InstanceGroup*:a',
};

/** An argument, or a member of a structure, of an action of the SDK. */
interface Source {
  readonly service: string;
  readonly action: string;
  readonly argument: string;
  /** A member that the integration fills in from the name that it is given. */
  readonly filled?: string;
}

/** Arguments of these that are what an argument of the SDK is, or one item of it where that is a list. */
const AS_SDK: { readonly [integration: string]: { readonly [argument: string]: Source } } = {
  'bedrock:invokeModel': Object.fromEntries(
    ['PerformanceConfigLatency', 'ServiceTier', 'Trace'].map((argument) => [
      argument,
      { service: 'bedrockruntime', action: 'invokeModel', argument },
    ]),
  ),
  'elasticmapreduce:addStep': { Step: { service: 'emr', action: 'addJobFlowSteps', argument: 'Steps' } },
  'elasticmapreduce:modifyInstanceFleetByName': {
    InstanceFleet: {
      service: 'emr',
      action: 'modifyInstanceFleet',
      argument: 'InstanceFleet',
      filled: 'InstanceFleetId',
    },
  },
  'elasticmapreduce:modifyInstanceGroupByName': {
    InstanceGroup: {
      service: 'emr',
      action: 'modifyInstanceGroups',
      argument: 'InstanceGroups',
      filled: 'InstanceGroupId',
    },
  },
};

const own = new Map<string, SdkMembers>();

/** The arguments of an optimized integration; undefined where there is no such integration, or where they are not known. */
export function optimizedArguments(service: string, action: string): SdkMembers | undefined {
  if (!Object.hasOwn(OPTIMIZED, service)) return undefined;
  const name = `${service}:${action}`;
  if (Object.hasOwn(OWN, name)) {
    const members = own.get(name) ?? ownArguments(name);
    own.set(name, members);
    return members;
  }
  const [sdk, call] = Object.hasOwn(LIKE, name) ? LIKE[name]! : [SDK_OF_OPTIMIZED[service] ?? service, action];
  return sdkService(sdk)?.get(call);
}

function ownArguments(name: string): SdkMembers {
  const [structures = '', enums] = OWN[name]!.split('\n\n');
  const members = new Map(new Shapes(structures, enums).members('0'));
  for (const [argument, source] of Object.entries(AS_SDK[name] ?? {}))
    members.set(argument, { ...(members.get(argument) as SdkArgument), type: typeOf(source) });
  return members;
}

function typeOf({ service, action, argument, filled }: Source): SdkType {
  const { type } = sdkService(service)!.get(action)!.get(argument)!;
  const one = type.kind === 'list' ? type.of : type;
  if (filled === undefined || one.kind !== 'structure') return one;
  const members = new Map(one.members);
  members.set(filled, { ...members.get(filled)!, required: false });
  return { kind: 'structure', members };
}
