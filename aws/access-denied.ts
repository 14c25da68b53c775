import type { Call } from './remember-call.ts';

export interface AccessDenied {
  readonly action: string;
  readonly resource: string;
  readonly caller?: string;
  readonly detail?: string;
}

/**
 * Who may not do what on which resource. IAM says it in the message ("User: … is not authorized to perform: … on resource: … because
 * …"); where it does not, the call does.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDenied(message: string, call: Call): AccessDenied {
  const { service, operation, input, name, partition = 'aws' } = call;
  const caller = /User: (\S+)/.exec(message)?.[1];
  const prefix = name?.prefix ?? PREFIXES[service] ?? service;
  const action =
    /not authorized to perform:? \[?'?([a-z0-9-]+:\w+)/i.exec(message)?.[1] ??
    // CloudWatch Logs names no action where a log group is made with tags, and the caller may make it without.
    (/not authorized to perform \w+ with Tags/i.test(message) ? `${prefix}:TagResource` : undefined);
  const resource = iamResource(message, caller) ?? /on (?:the )?resource:? '?"?([^\s'"]+)/i.exec(message)?.[1];
  const because = /(?:because|with (?=an explicit deny)) ?(.+?)\.?$/.exec(message.split('\n')[0]!)?.[1];
  const said =
    because ??
    (action === undefined && message !== '' && message !== 'UnknownError'
      ? message.split('\n')[0]!.replace(/\.$/, '')
      : undefined);
  return {
    action: action ?? `${prefix}:${ACTIONS[operation] ?? operation}`,
    resource: resource ?? resourceOf(input, partition),
    ...(caller !== undefined && { caller }),
    ...(said !== undefined && { detail: said }),
  };
}

/**
 * IAM itself names what it is asked about by kind and name, "on resource: role EMR_DefaultRole", and a policy by its ARN. Of a role the path is not said; that of a service-linked
 * one is known but for its service.
 */
function iamResource(message: string, caller: string | undefined): string | undefined {
  const [, kind = '', name = ''] =
    /on (?:the )?resource:? (role|user|group|policy|instance profile) ([^\s'"]+)/.exec(message) ?? [];
  if (name === '' || name.startsWith('arn:')) return name === '' ? undefined : name;
  const [, partition = 'aws', account = '*'] = /^arn:([\w-]+):\w+::(\d*)/.exec(caller ?? '') ?? [];
  const path = name.startsWith('AWSServiceRoleFor') ? 'aws-service-role/*/' : '';
  return `arn:${partition}:iam::${account}:${kind.replace(' ', '-')}/${path}${name}`;
}

function resourceOf(input: object, partition: string): string {
  const values = input as { readonly [key: string]: unknown };
  if (typeof values.Bucket === 'string')
    return `arn:${partition}:s3:::${values.Bucket}${typeof values.Key === 'string' ? `/${values.Key}` : ''}`;
  const key = Object.keys(values).find((name) => /arn$|name$/i.test(name) && typeof values[name] === 'string');
  return key === undefined ? '*' : (values[key] as string);
}

/** The prefix of a service's actions, where it is not the client's name. */
const PREFIXES: { readonly [service: string]: string } = {
  sfn: 'states',
  eventbridge: 'events',
  cloudwatchlogs: 'logs',
};

/** Operations whose action bears another name. */
const ACTIONS: { readonly [operation: string]: string } = {
  HeadObject: 'GetObject',
  HeadBucket: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  DeleteObjects: 'DeleteObject',
};
