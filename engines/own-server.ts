import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { TaskCall, TaskReply } from '../asl/interpret/options.ts';
import { isObject, type Json, type JsonObject } from '../asl/json/value.ts';
import { denialForm } from '../asl/services/iam/index.ts';
import { readResource, SDK_OF_OPTIMIZED, SENT_AS_TEXT } from '../asl/services/index.ts';
import { diagnose } from '../diagnostics/index.ts';
import { causeOf, HERE } from './engine.ts';

/**
 * Makes the call of a service that has no engine here at a server of the user's own (LocalStack and its like): where AWS's SDKs find it,
 * `AWS_ENDPOINT_URL_<SERVICE>` or else `AWS_ENDPOINT_URL`, and with the service's client of the SDK. Nothing is called on AWS.
 *
 * @returns undefined where the environment names no server, or where the call is none that ends with the service's answer
 */
export async function callOwnServer(call: TaskCall, env: NodeJS.ProcessEnv): Promise<TaskReply | undefined> {
  const service = ownServerOf(call.resource);
  const endpoint = service && endpointOf(service, env);
  if (endpoint === undefined) return undefined;
  const [accessKeyId, secretAccessKey] = [env.AWS_ACCESS_KEY_ID || 'local', env.AWS_SECRET_ACCESS_KEY || 'local'];
  return callService(call, { endpoint, region: HERE.region, credentials: { accessKeyId, secretAccessKey } });
}

/**
 * The service whose server of the user's own such a call can be made at; undefined where Step Functions does more than to call it.
 * @example ownServerOf('arn:aws:states:::events:putEvents') // eventbridge
 */
export function ownServerOf(text: string): string | undefined {
  const resource = readResource(text);
  if (resource.kind !== 'integration' || resource.pattern !== 'request') return undefined;
  return resource.sdk || Object.hasOwn(SENT_AS_TEXT, resource.service) ? serviceOf(resource) : undefined;
}

/** Where a service is, and who calls it. */
export interface ServiceCaller {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/**
 * Does a task's call with the service's client of the SDK, as Step Functions does it: names, answers and errors are its own.
 * @returns undefined where the Resource names no call of the service's
 */
export async function callService(call: TaskCall, caller: ServiceCaller): Promise<TaskReply | undefined> {
  const resource = readResource(call.resource);
  if (resource.kind !== 'integration') return undefined;
  const { sdk, action } = resource;
  const service = serviceOf(resource);
  const name = await clientOf(service);
  if (name === undefined) {
    const packages = [`@aws-sdk/client-${service}`];
    return { error: 'States.TaskFailed', cause: causeOf(diagnose('CLI006', { what: call.resource, packages })) };
  }
  const module = (await import(name)) as SdkModule;
  const title = action.charAt(0).toUpperCase() + action.slice(1);
  const Client = Object.entries(module).find(([key]) => /^[A-Z]\w*Client$/.test(key))?.[1] as Constructor<Client>;
  const Command = module[`${title}Command`] as Constructor<object> | undefined;
  if (Command === undefined) return undefined;
  const [, , , , input, output] = module[`${title}$`] as readonly Schema[];
  const args = withTexts(
    isObject(call.arguments) ? call.arguments : {},
    sdk ? [] : (SENT_AS_TEXT[resource.service] ?? []),
  );
  // Step Functions leaves it to the machine to try again.
  const client = new Client({ ...caller, maxAttempts: 1 });
  try {
    const answer = await client.send(new Command(asSdk(input!, args) as object), { abortSignal: call.signal });
    return { result: asStates(output!, answer) };
  } catch (error) {
    return refusal(denialForm(call.resource).error.split('.')[0]!, error as SdkError);
  } finally {
    client.destroy();
  }
}

/** The service as the SDK's integration has it. */
function serviceOf({ sdk, service }: { readonly sdk: boolean; readonly service: string }): string {
  return (sdk ? undefined : SDK_OF_OPTIMIZED[service]) ?? service;
}

function withTexts(args: JsonObject, texts: readonly string[]): JsonObject {
  const text = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, texts.includes(key) ? text(value) : value]),
  );
}

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A service's error bears its name, `Sns.NotFoundException`; of a server that does not answer it is the SDK's. */
function refusal(prefix: string, { name, message, $metadata }: SdkError): TaskReply {
  if ($metadata?.httpStatusCode === undefined)
    return { error: `${prefix}.SdkClientException`, cause: `Unable to execute HTTP request: ${message || name}` };
  return { error: `${prefix}.${name.replace(/Exception$/, '')}Exception`, cause: message };
}

/** Step Functions' name of a service has no blanks: `dynamodbstreams` is AWS_ENDPOINT_URL_DYNAMODB_STREAMS. */
function endpointOf(service: string, env: NodeJS.ProcessEnv): string | undefined {
  const variable = Object.keys(env).find((key) => {
    const [, named = ''] = /^AWS_ENDPOINT_URL_(\w+)$/.exec(key) ?? [];
    return named.replaceAll('_', '').toLowerCase() === service;
  });
  return (variable !== undefined && env[variable]) || env.AWS_ENDPOINT_URL || undefined;
}

/** The client that is installed for a service, beside dagwright or above it: `client-dynamodb-streams`, `client-config-service`. */
async function clientOf(service: string): Promise<string | undefined> {
  for (const folder of createRequire(import.meta.url).resolve.paths('@aws-sdk') ?? []) {
    const names = await readdir(`${folder}/@aws-sdk`).catch(() => []);
    const found = names.find((name) => {
      const named = name.replace(/^client-/, '').replaceAll('-', '');
      return name.startsWith('client-') && (named === service || named === `${service}service`);
    });
    if (found !== undefined) return `@aws-sdk/${found}`;
  }
  return undefined;
}

interface SdkModule {
  readonly [name: string]: unknown;
}
interface Client {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<object>;
  destroy(): void;
}
type Constructor<T> = new (input: object) => T;

/** What the SDK's clients say of the shapes that they send: a kind, a list that begins with one, or a function that answers either. */
type Schema = number | readonly unknown[] | (() => Schema);

/** Kinds of a schema. Those of times are 4 to 7. */
const [LIST, MAP, STRUCTURE, UNION, BLOB] = [1, 2, 3, 4, 21];

/** The kind, and what a schema of it has behind its namespace, name and traits. */
function read(schema: Schema): { readonly kind: number; readonly parts: readonly unknown[] } {
  if (typeof schema === 'function') return read(schema());
  if (typeof schema === 'number') return { kind: schema, parts: [] };
  const [first, second, , , ...parts] = schema as readonly [Schema, ...unknown[]];
  // A schema with traits of its own.
  if (typeof second !== 'string') return read(first);
  return first === 0 ? read(parts[0] as Schema) : { kind: first as number, parts };
}

/** Step Functions writes all names with a capital; the SDK as the service's model has them. */
function asSdk(schema: Schema, value: Json): unknown {
  const { kind, parts } = read(schema);
  if (Array.isArray(value)) return kind === LIST ? value.map((item) => asSdk(parts[0] as Schema, item)) : value;
  if (isObject(value)) {
    if (kind === MAP)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asSdk(parts[1] as Schema, item)]));
    if (kind !== STRUCTURE && kind !== UNION) return value;
    const [names, members] = parts as readonly [readonly string[], readonly Schema[]];
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const at = names.findIndex((name) => name.toLowerCase() === key.toLowerCase());
        return at < 0 ? [key, item] : [names[at], asSdk(members[at]!, item)];
      }),
    );
  }
  if (typeof value !== 'string') return value;
  if (kind === BLOB) return Buffer.from(value);
  return kind >= 4 && kind <= 7 ? new Date(value) : value;
}

function asStates(schema: Schema, value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  const { kind, parts } = read(schema);
  if (Array.isArray(value)) return value.map((item) => asStates(kind === LIST ? (parts[0] as Schema) : 0, item));
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  const members = Object.entries(value).filter(([key, member]) => member !== undefined && key !== '$metadata');
  if (kind === MAP) return Object.fromEntries(members.map(([key, item]) => [key, asStates(parts[1] as Schema, item)]));
  const [names, shapes] = parts as readonly [names?: readonly string[], shapes?: readonly Schema[]];
  return Object.fromEntries(
    members.map(([key, item]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      asStates(shapes?.[names?.indexOf(key) ?? -1] ?? 0, item),
    ]),
  );
}
