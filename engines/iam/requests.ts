import {
  iamAction,
  iamActionsOf,
  type NeededAction,
  named,
  parametersOf,
  passedRoles,
  qualifiersIn,
  resourceKeys,
  resourcesOf,
  type ServicesIam,
} from '../../asl/services/iam/index.ts';
import type { Context, IamRequest } from './policies.ts';
import { requestTags, type Tags } from './tags.ts';

/** A call of an AWS API. */
export interface AwsCall {
  /** As Step Functions names it: `sfn`, `emr`, `s3`. */
  readonly service: string;
  /** In camelCase: `startExecution`. */
  readonly action: string;
  readonly arguments: unknown;
}

/** Where a call is made. */
export interface Place {
  /** `aws`, `aws-cn` */
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** What is known beside the call. */
export interface Circumstances {
  readonly place: Place;
  /** What services say of their calls: `SERVICES_IAM` of tasks/services.ts. */
  readonly services: ServicesIam;
  /** The tags of what is there, by ARN. */
  readonly tagsOf?: (arn: string) => Tags | undefined;
  /** The services that make the call with the caller's leave, the first one first: `athena.amazonaws.com`. */
  readonly calledVia?: readonly string[];
}

/**
 * What IAM is asked when an API is called: its action on each resource that it touches, in AWS's own forms, and what it needs besides,
 * such as handing a role to the service that assumes it.
 * @example
 * requestsOf({ service: 'glue', action: 'startCrawler', arguments: { Name: 'gold' } }, { place, services: SERVICES_IAM })
 * // [{ action: 'glue:StartCrawler', resource: 'arn:aws:glue:us-east-1:123456789012:crawler/gold', context: { … } }]
 */
export function requestsOf(call: AwsCall, circumstances: Circumstances): IamRequest[] {
  const { services } = circumstances;
  const parameters = parametersOf(call.arguments);
  const needed = iamActionsOf({ ...call, parameters });
  const asked = needed.flatMap((one) => [
    ...resourcesOf(one, services).map((arn) => requestOf(one, arn, call, circumstances)),
    ...passedRoles(one, services).map(({ role, service }) => passing(role, service, circumstances)),
    ...alsoAsked(one, call, circumstances),
  ]);
  const seen = new Set<string>();
  return asked.filter(({ action, resource, context }) => {
    const key = `${action} ${resource} ${JSON.stringify(context)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function requestOf(needed: NeededAction, arn: string, call: AwsCall, circumstances: Circumstances): IamRequest {
  const { prefix, action } = needed;
  const resource = inPlace(arn, circumstances.place);
  const keys = new Set([
    ...(action.conditionKeys ?? iamAction(prefix, action.name)?.conditionKeys ?? []),
    ...action.resourceTypes.flatMap(({ name }) => resourceKeys(prefix, name)),
  ]);
  const qualifiers = keys.has('states:StateMachineQualifier') ? qualifiersIn(needed.parameters) : [];
  return {
    action: `${prefix}:${action.name}`,
    resource,
    context: {
      ...everywhere(circumstances),
      ...(qualifiers.length > 0 && { 'states:StateMachineQualifier': qualifiers }),
      ...byParameter(prefix, keys, needed),
      ...byName(keys, needed, circumstances.services),
      ...tagged(requestTags(call.arguments), keys, prefix, 'RequestTag'),
      ...tagged(circumstances.tagsOf?.(resource), keys, prefix, 'ResourceTag'),
    },
  };
}

/** What the service does besides with the caller's leave. */
function alsoAsked(
  { prefix, action, parameters }: NeededAction,
  call: AwsCall,
  circumstances: Circumstances,
): IamRequest[] {
  const also = circumstances.services.get(prefix)?.alsoNeeded?.[action.name] ?? [];
  return also
    .filter(({ given }) => given === undefined || parameters.some(({ path }) => path[0] === given))
    .map(({ action: other, resource, context, calledVia }) => {
      const [service = '', name = ''] = other.split(':');
      const needed = { prefix: service, action: iamAction(service, name) ?? { name, resourceTypes: [] }, parameters };
      const arn = resource.replace(
        /\$\{([A-Z]\w*)\}/g,
        (_, parameter: string) => named(parameters, parameter)[0] ?? '*',
      );
      const asked = requestOf(needed, arn, call, { ...circumstances, ...(calledVia && { calledVia: [calledVia] }) });
      return { ...asked, context: { ...asked.context, ...context } };
    });
}

function passing(role: string, service: string, circumstances: Circumstances): IamRequest {
  const resource = inPlace(role, circumstances.place);
  return {
    action: 'iam:PassRole',
    resource,
    context: { ...everywhere(circumstances), 'iam:PassedToService': service },
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function everywhere({ place, calledVia = [] }: Circumstances): Context {
  return {
    'aws:RequestedRegion': place.region,
    'aws:PrincipalAccount': place.account,
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': `${calledVia.length > 0}`,
    ...(calledVia.length > 0 && {
      'aws:CalledVia': calledVia,
      'aws:CalledViaFirst': calledVia[0]!,
      'aws:CalledViaLast': calledVia.at(-1)!,
    }),
  };
}

/** The place stands in the first parts of an ARN alone: what comes after is the caller's. */
function inPlace(arn: string, place: Place): string {
  if (!arn.startsWith('arn:')) return arn;
  const [, partition, service, region, account, ...rest] = arn.split(':');
  const filled = [partition, service, region, account].map((part) =>
    part!.replace(/\$\{(partition|region|account)\}/g, (_, name: keyof Place) => place[name]),
  );
  return ['arn', ...filled, ...rest].join(':');
}

/** Keys that are called as a parameter is: `s3:prefix` of `Prefix`. */
function byParameter(prefix: string, keys: ReadonlySet<string>, { parameters }: NeededAction): Context {
  const named = [...keys].filter((key) => key.startsWith(`${prefix}:`) && !key.includes('/'));
  return Object.fromEntries(
    named.flatMap((key) => {
      const name = key
        .slice(prefix.length + 1)
        .replace(/[^a-z0-9]/gi, '')
        .toLowerCase();
      const values = parameters.filter(({ path }) => path.length === 1 && path[0]!.toLowerCase() === name);
      return values.length === 0
        ? []
        : [[key, values.length === 1 ? values[0]!.value : values.map(({ value }) => value)]];
    }),
  );
}

/** Keys that a parameter of another name says. */
function byName(keys: ReadonlySet<string>, { prefix, parameters }: NeededAction, services: ServicesIam): Context {
  const known = Object.entries(services.get(prefix)?.keyNames ?? {}).filter(([key]) => keys.has(key));
  return Object.fromEntries(
    known.flatMap(([key, { parameters: names, part: [pattern, name] = ['^(.*)$', '$1'] }]) => {
      const [value] = names.flatMap((one) => named(parameters, one));
      return value === undefined ? [] : [[key, value.replace(new RegExp(pattern), name)]];
    }),
  );
}

/** Tags, as conditions on them are called: by IAM's key, and by the service's own where it has one. */
function tagged(
  tags: Tags | undefined,
  keys: ReadonlySet<string>,
  prefix: string,
  kind: 'RequestTag' | 'ResourceTag',
): Context {
  if (tags === undefined || Object.keys(tags).length === 0) return {};
  const forms = ['aws', prefix].filter((form) => keys.has(`${form}:${kind}/\${TagKey}`));
  return {
    ...Object.fromEntries(
      forms.flatMap((form) => Object.entries(tags).map(([name, value]) => [`${form}:${kind}/${name}`, value] as const)),
    ),
    ...(kind === 'RequestTag' && keys.has('aws:TagKeys') && { 'aws:TagKeys': Object.keys(tags) }),
  };
}
