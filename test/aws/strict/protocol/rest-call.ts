import type { Json, JsonObject } from '../../../../asl/json/value.ts';
import type { AwsCall, AwsRequest } from './call.ts';

/** An operation of a service whose calls are told apart by method, path and query. */
interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  /** The names of what the path's groups hold. */
  readonly labels: readonly string[];
  /** What stands in the query of each such call: `list-type=2`, `uploads`. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** From names in the query and headers to the members of the input. */
  readonly inQuery: ReadonlyMap<string, string>;
  readonly inHeaders: ReadonlyMap<string, string>;
}

/** Services with a REST protocol, and the SDK's package that has their model. */
const PACKAGES: { readonly [service: string]: () => Promise<object> } = {
  s3: () => import('@aws-sdk/client-s3'),
  scheduler: () => import('@aws-sdk/client-scheduler'),
  lambda: () => import('@aws-sdk/client-lambda'),
  batch: () => import('@aws-sdk/client-batch'),
};

const known = new Map<string, Promise<readonly Route[]>>();

/** A REST call, read by the SDK's own model of the service. */
export async function restCall(
  service: string,
  { method, url, headers, body }: AwsRequest,
): Promise<Pick<AwsCall, 'operation' | 'parameters'>> {
  const load = PACKAGES[service];
  if (load === undefined) return { operation: `${method} ${url.split('?')[0]}`, parameters: {} };
  const routes = known.get(service) ?? load().then(routesOf);
  known.set(service, routes);
  const [path = '', search = ''] = splitOnce(url, '?');
  const query = new URLSearchParams(search);
  // S3's clients of a server without host names for buckets begin the path with the bucket.
  const [, bucket = '', rest = ''] = service === 's3' ? /^\/([^/]*)(.*)$/.exec(path)! : ['', '', path];
  const own = service === 's3' ? (rest === '' ? '/' : rest) : path;
  const candidates = (await routes)
    .filter(
      (route) =>
        route.method === method &&
        route.path.test(own) &&
        route.query.every(([name, value]) => query.has(name) && (value === '' || query.get(name) === value)),
    )
    // `/{Key+}` fits `/` in no case, and what says most about the query is meant.
    .sort((a, b) => b.query.length - a.query.length || b.inQuery.size - a.inQuery.size);
  const isOfNoBucket = service === 's3' && bucket === '';
  const route = isOfNoBucket
    ? candidates.find(({ operation }) => operation === 'ListBuckets')
    : (named(candidates, query) ?? candidates.find(({ operation }) => operation !== 'ListBuckets'));
  if (route === undefined) return { operation: `${method} ${path}`, parameters: {} };
  const parameters: { [name: string]: Json } = service === 's3' ? s3Body(route, body) : jsonBody(body);
  if (bucket !== '') parameters.Bucket = bucket;
  const groups = route.path.exec(own)!.slice(1);
  for (const [i, label] of route.labels.entries()) parameters[label] = decodeURIComponent(groups[i]!);
  for (const [name, member] of route.inQuery) if (query.has(name)) parameters[member] = query.get(name)!;
  for (const [name, member] of route.inHeaders)
    if (headers[name] !== undefined) parameters[member] = String(headers[name]);
  return { operation: route.operation, parameters };
}

/** The SDK says which of two operations of one path it means. */
function named(candidates: readonly Route[], query: URLSearchParams): Route | undefined {
  return candidates.find(({ operation }) => operation === query.get('x-id'));
}

function jsonBody(body: Buffer): { [name: string]: Json } {
  return body.length === 0 ? {} : { ...(JSON.parse(body.toString('utf8')) as JsonObject) };
}

/** Of S3's bodies only the keys of what is to be deleted decide about a call. */
function s3Body({ operation }: Route, body: Buffer): { [name: string]: Json } {
  if (operation !== 'DeleteObjects') return {};
  const keys = [...body.toString('utf8').matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!);
  return { Keys: keys };
}

/** The SDK's schemas are lists: an operation is `[9, namespace, name, traits, input, output]`, a structure `[3, …, members, types]`. */
type Schema = readonly unknown[];

function routesOf(sdk: object): Route[] {
  const operations = Object.values(sdk).filter((value): value is Schema => Array.isArray(value) && value[0] === 9);
  return operations.flatMap((schema) => {
    const { http } = schema[3] as { http?: readonly [method: string, uri: string, status: number] };
    return http === undefined ? [] : [routeOf(schema, http)];
  });
}

function routeOf(schema: Schema, [method, uri]: readonly [string, string, number]): Route {
  const [path = '', search = ''] = splitOnce(uri, '?');
  const labels = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name!);
  const source = path.replace(/\{(\w+)(\+?)\}/g, (_, _name, greedy) => (greedy === '+' ? '(.+)' : '([^/]+)'));
  const members = membersOf(schema[4]);
  const bound = (trait: string) =>
    new Map(
      members.flatMap(([name, traits]) =>
        typeof traits[trait] === 'string' ? [[traits[trait].toLowerCase(), name] as const] : [],
      ),
    );
  const inQuery = members.flatMap(([name, { httpQuery }]) =>
    typeof httpQuery === 'string' ? [[httpQuery, name] as const] : [],
  );
  return {
    operation: schema[2] as string,
    method,
    path: new RegExp(`^${source}$`, 's'),
    labels,
    query: [...new URLSearchParams(search)].filter(([name]) => name !== 'x-id'),
    inQuery: new Map(inQuery),
    inHeaders: bound('httpHeader'),
  };
}

function membersOf(input: unknown): [name: string, traits: { readonly [trait: string]: unknown }][] {
  const schema = (typeof input === 'function' ? input() : input) as Schema;
  if (!Array.isArray(schema) || schema[0] !== 3) return [];
  const [names, types] = [schema[4] as readonly string[], schema[5] as readonly unknown[]];
  return names.map((name, i) => {
    const type = types[i];
    const traits = Array.isArray(type) && typeof type[1] === 'object' ? type[1] : {};
    return [name, traits as { readonly [trait: string]: unknown }];
  });
}

function splitOnce(text: string, at: string): [string, string] {
  const i = text.indexOf(at);
  return i < 0 ? [text, ''] : [text.slice(0, i), text.slice(i + 1)];
}
