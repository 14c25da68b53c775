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
export function accessDenied(message: string, { service, operation, input, name }: Call): AccessDenied {
  const caller = /User: (\S+)/.exec(message)?.[1];
  const action = /not authorized to perform:? \[?'?([a-z0-9-]+:\w+)/i.exec(message)?.[1];
  const resource = /on (?:the )?resource:? '?"?([^\s'"]+)/i.exec(message)?.[1];
  const because = /because (.+?)\.?$/.exec(message.split('\n')[0]!)?.[1];
  const said =
    because ?? (action === undefined && message !== '' ? message.split('\n')[0]!.replace(/\.$/, '') : undefined);
  return {
    action: action ?? `${name?.prefix ?? PREFIXES[service] ?? service}:${ACTIONS[operation] ?? operation}`,
    resource: resource ?? resourceOf(input),
    ...(caller !== undefined && { caller }),
    ...(said !== undefined && { detail: said }),
  };
}

function resourceOf(input: object): string {
  const values = input as { readonly [key: string]: unknown };
  if (typeof values.Bucket === 'string')
    return `arn:aws:s3:::${values.Bucket}${typeof values.Key === 'string' ? `/${values.Key}` : ''}`;
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
