import type { TaskCall, TaskReply } from '../../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { readResource, SDK_OF_OPTIMIZED } from '../../../asl/services/index.ts';

/** What a client of the SDK is made with. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** The services that small machines call, by the SDK's packages that are there. */
const PACKAGES: { readonly [service: string]: () => Promise<object> } = {
  sfn: () => import('@aws-sdk/client-sfn'),
  emr: () => import('@aws-sdk/client-emr'),
  glue: () => import('@aws-sdk/client-glue'),
  athena: () => import('@aws-sdk/client-athena'),
  s3: () => import('@aws-sdk/client-s3'),
};

interface Client {
  send(command: object): Promise<object>;
  destroy(): void;
}
type Constructor<T> = new (input: object) => T;

/**
 * Does a task's call as Step Functions does: with the credentials of the machine's role, which AWS then decides about. Its errors bear the
 * service's name, `Sfn.AccessDeniedException`.
 */
export async function taskReply(call: TaskCall, settings: ClientSettings): Promise<TaskReply> {
  const resource = readResource(call.resource);
  if (resource.kind !== 'integration') throw new Error(`${call.resource} is no call of a service`);
  const { sdk, action } = resource;
  const service = (sdk ? undefined : SDK_OF_OPTIMIZED[resource.service]) ?? resource.service;
  const load = PACKAGES[service];
  if (load === undefined) throw new Error(`There is no client for ${call.resource} here.`);
  const module = (await load()) as { readonly [name: string]: unknown };
  const name = action.charAt(0).toUpperCase() + action.slice(1);
  const client = new (clientClass(module))({ ...settings, maxAttempts: 1 });
  try {
    const Command = module[`${name}Command`] as Constructor<object>;
    const output = await client.send(new Command(ownNames(module[`${name}$`], call.arguments as JsonObject)));
    const { $metadata: _, ...result } = output as { readonly [name: string]: unknown };
    return { result: pascalCased(result) };
  } catch (error) {
    const { name: type, message } = error as Error;
    const prefix = service.charAt(0).toUpperCase() + service.slice(1);
    return { error: `${prefix}.${type.replace(/Exception$/, '')}Exception`, cause: message };
  } finally {
    client.destroy();
  }
}

function clientClass(module: { readonly [name: string]: unknown }): Constructor<Client> {
  const name = Object.keys(module).find((key) => /^\w+Client$/.test(key) && !key.startsWith('__'));
  return module[name!] as Constructor<Client>;
}

/** Step Functions writes all names with a capital; the SDK as the service's model has them. */
function ownNames(schema: unknown, given: JsonObject): object {
  const input = (schema as readonly unknown[])[4];
  const [, , , , names] = (typeof input === 'function' ? input() : input) as readonly [0, 0, 0, 0, readonly string[]];
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      names.find((name) => name.toLowerCase() === key.toLowerCase()) ?? key,
      value,
    ]),
  );
}

function pascalCased(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(pascalCased);
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.map(([key, member]) => [key.charAt(0).toUpperCase() + key.slice(1), pascalCased(member)]),
  );
}
