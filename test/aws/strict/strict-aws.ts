import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { partitionOfRegion } from '../../../aws/partition.ts';
import { Authorization } from './authorization.ts';
import { BucketNames } from './bucket-names.ts';
import { tagsOfCluster } from './cluster-tags.ts';
import { Consistency } from './consistency.ts';
import { Endpoint } from './endpoint.ts';
import { listedByTags, tagged } from './glue-tags.ts';
import { assumeRole, callerIdentity } from './identity.ts';
import { globalRegion, PartitionSwap } from './partition.ts';
import { malformedPolicy } from './policy-grammar.ts';
import { customPermissions, simulated } from './policy-simulator.ts';
import { Callers, isRoot, type Principal } from './principals.ts';
import { type AwsCall, type AwsRequest, callOf, textOf } from './protocol/call.ts';
import { type Answer, refusal, throttled } from './protocol/refusal.ts';
import { type Ask, jsonOf } from './revisions.ts';
import { type Role, Roles } from './roles.ts';
import { assumes, roleRefusal } from './service-roles.ts';
import { requestFor } from './sub-request.ts';

export interface StrictOptions {
  /** What does the calls: ministack. */
  readonly endpoint: string;
  /** What does Step Functions' calls, where that is another server: `dagwright serve`. */
  readonly states?: string;
  readonly account?: string;
  readonly partition?: string;
  /** Who the access keys belong to. */
  readonly callers: { readonly [accessKey: string]: Principal };
  /** How long a role or a policy takes from IAM to the services. Default: no time. */
  readonly propagationMs?: number;
  /** By what time passes. */
  readonly now?: () => number;
  /** How many reads answer as of before a write. Default: none. */
  readonly lag?: number;
  /** How many results IAM's simulator has on a page. */
  readonly pageSize?: number;
  /** Which calls are refused because there are too many. */
  readonly throttle?: (call: AwsCall) => boolean;
}

/** AWS as it is where emulators are kind. */
export interface StrictAws {
  readonly url: string;
  readonly callers: Callers;
  /** The roles of the account, as they are and as the services know them. */
  readonly roles: Roles;
  /** What was refused by IAM: who, what, on what. */
  readonly denied: readonly string[];
  /** Every call since `forget`, as `service:Operation`. */
  readonly calls: readonly string[];
  /** What IAM was asked about since `forget`, action and resource: more than a request for some calls. */
  readonly asked: ReadonlySet<string>;
  /** A role, if a service can assume it on behalf of something, as far as the service knows it. */
  readonly assumed: (roleArn: string, service: string, source: string) => Promise<Role | undefined>;
  /** What IAM says of a call that is not made; undefined where it is allowed. */
  readonly refusalOf: (
    caller: Principal,
    call: Pick<AwsCall, 'service' | 'operation' | 'parameters' | 'region'>,
  ) => Promise<string | undefined>;
  /** Forgets what happened, as the endpoint is emptied. */
  readonly forget: () => void;
  /** Changes how it behaves from now on. */
  readonly set: (more: Partial<Pick<StrictOptions, 'propagationMs' | 'lag' | 'throttle' | 'pageSize'>>) => void;
  readonly stop: () => Promise<void>;
}

/** The key of the proxy's own calls and of tests that look at what there is: the account's root. */
export const ROOT_KEY = 'root';

/**
 * Starts a loopback proxy before the servers that do AWS's calls in tests. A call goes its way as on AWS:
 *
 *     request ─▶ call (service, action, parameters, access key) ─▶ throttled? ─▶ allowed, by IAM? ─▶ policy well formed?
 *             ─▶ does the service take the role, as it knows it? ─▶ read: of before the last write? ─▶ endpoint ─▶ answer
 */
export async function startStrictAws(given: StrictOptions): Promise<StrictAws> {
  let options: StrictOptions = given;
  const { account = '000000000000', partition = 'aws', now = Date.now } = options;
  const swap = new PartitionSwap(partition);
  const endpoint = new Endpoint(options.endpoint, swap);
  const states = options.states === undefined ? endpoint : new Endpoint(options.states, swap);
  const callers = new Callers({ [ROOT_KEY]: { arn: `arn:${partition}:iam::${account}:root` }, ...options.callers });
  const calls: string[] = [];
  const delayMs = () => options.propagationMs ?? 0;
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: Error) => {
      // A defect of the proxy or of a test is to be seen, and not to be tried again.
      process.stderr.write(`the strict AWS: ${error.stack}\n`);
      response.writeHead(400, { 'content-type': 'text/plain' }).end(error.message);
    });
  });
  // A client that comes back after a pause finds its connection open: none is closed while it is used again.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const roles = new Roles(
    { region: 'us-east-1', endpoint: url, credentials: { accessKeyId: ROOT_KEY, secretAccessKey: 'x' } },
    now,
  );

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request: AwsRequest = {
      method: incoming.method!,
      url: incoming.url!,
      headers: incoming.headers,
      body: Buffer.concat(chunks),
    };
    const call = await callOf(request);
    const answer = call === undefined ? await endpoint.send(request) : await answerTo(call, request);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const tagsOf = (arn: string) => tagsOfCluster(endpoint, arn);
  const authorization = new Authorization({ account, partition, roles, callers, delayMs, tagsOf });
  const bucketNames = new BucketNames();
  const consistency = new Consistency(roles, options.lag ?? 0);

  async function answerTo(call: AwsCall, request: AwsRequest): Promise<Answer> {
    const caller = callers.of(call.accessKey);
    if (caller === undefined) return unknownKey(call);
    const target = call.service === 'states' ? states : endpoint;
    const isSts = call.service === 'sts';
    if (isRoot(caller))
      return isSts && call.operation === 'GetCallerIdentity' ? callerIdentity(caller) : perform(call, request, target);
    // Nobody has an account in two partitions.
    if (partitionOfRegion(call.region) !== partition) return unknownKey(call);
    calls.push(`${call.service}:${call.operation}`);
    if (options.throttle?.(call)) return throttled(call);
    const refused = await authorization.refusal(call, caller);
    if (refused !== undefined) return refused;
    if (isSts && call.operation === 'GetCallerIdentity') return callerIdentity(caller);
    if (isSts && call.operation === 'AssumeRole')
      return assumeRole(call, caller, { roles, callers, delayMs: delayMs() });
    if (call.service === 'iam' && call.operation === 'SimulatePrincipalPolicy') {
      const permissions = await authorization.permissionsOf(textOf(call, 'PolicySourceArn'));
      return simulated(call, permissions, options.pageSize ?? 100);
    }
    if (call.service === 'iam' && call.operation === 'SimulateCustomPolicy')
      return simulated(call, customPermissions(call, caller.arn), options.pageSize ?? 100);
    return (
      (await malformedPolicy(call, partition)) ??
      (await roleRefusal(call, { roles, account: authorization.account(call.region), delayMs: delayMs() })) ??
      bucketNames.refusal(call) ??
      consistency.staleAnswer(call) ??
      authorization.hidden(call, caller, await perform(call, request, target))
    );
  }

  /** Does what is allowed. */
  async function perform(call: AwsCall, request: AwsRequest, target: Endpoint): Promise<Answer> {
    if (call.service !== 'glue') {
      const answer = await consistency.perform(call, request, target);
      bucketNames.note(call, answer);
      return answer;
    }
    const ask: Ask = (operation, parameters) => target.send(requestFor(request, call, { operation, parameters }));
    const place = authorization.account(call.region);
    return (await listedByTags(call, place, ask)) ?? tagged(call, await target.send(request), place, ask);
  }

  return {
    url,
    callers,
    roles,
    denied: authorization.denied,
    calls,
    asked: authorization.asked,
    assumed: (roleArn, service, source) => {
      const region = source.split(':')[3] || globalRegion(partition);
      return assumes({ roles, account: authorization.account(region), delayMs: delayMs() }, roleArn, service, source);
    },
    refusalOf: async (caller, call) => {
      const whole: AwsCall = { ...call, accessKey: '', protocol: 'json' };
      const answer = await authorization.refusal(whole, caller);
      return answer === undefined ? undefined : String(jsonOf(answer).message);
    },
    forget: () => {
      roles.forget();
      consistency.forget();
      bucketNames.forget();
      callers.forget();
      authorization.denied.length = 0;
      authorization.asked.clear();
      calls.length = 0;
    },
    set: (more) => {
      options = { ...options, ...more };
      if (more.lag !== undefined) consistency.lag = more.lag;
    },
    stop: async () => {
      roles.close();
      endpoint.close();
      states.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function unknownKey(call: AwsCall): Answer {
  const message = 'The security token included in the request is invalid.';
  if (call.protocol === 's3')
    return refusal(call, {
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
      status: 403,
    });
  const code = call.protocol === 'query' ? 'InvalidClientTokenId' : 'UnrecognizedClientException';
  return refusal(call, { code, message, status: call.protocol === 'json' ? 400 : 403 });
}
