import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Context } from '../../../engines/iam/index.ts';
import { AliasRouting } from './alias-routing.ts';
import { decide, type Permissions } from './decision.ts';
import { denial } from './denial.ts';
import { Endpoint } from './endpoint.ts';
import { assumeRole, callerIdentity } from './identity.ts';
import { globalRegion, PartitionSwap } from './partition.ts';
import { malformedPolicy } from './policy-grammar.ts';
import { customPermissions, simulated } from './policy-simulator.ts';
import { Callers, isRoot, type Principal } from './principals.ts';
import { type AwsCall, type AwsRequest, callOf, textOf } from './protocol/call.ts';
import { type Answer, refusal, throttled } from './protocol/refusal.ts';
import type { Account, IamRequest } from './requests/request.ts';
import { requestsOf } from './requests/requests.ts';
import { type Ask, jsonOf, Revisions } from './revisions.ts';
import { type Role, Roles, roleNameOf } from './roles.ts';
import { assumes, roleRefusal } from './service-roles.ts';
import { StaleReads } from './stale-reads.ts';
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
  const [denied, calls]: [string[], string[]] = [[], []];
  const asked = new Set<string>();
  const revisions = new Revisions();
  const routing = new AliasRouting();
  let stale = new StaleReads(options.lag ?? 0);
  const delayMs = () => options.propagationMs ?? 0;
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: Error) => {
      // A defect of the proxy or of a test is to be seen, and not to be tried again.
      process.stderr.write(`the strict AWS: ${error.stack}\n`);
      response.writeHead(400, { 'content-type': 'text/plain' }).end(error.message);
    });
  });
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

  async function answerTo(call: AwsCall, request: AwsRequest): Promise<Answer> {
    const caller = callers.of(call.accessKey);
    if (caller === undefined) return unknownKey(call);
    const target = call.service === 'states' ? states : endpoint;
    if (isRoot(caller)) {
      if (call.service === 'sts' && call.operation === 'GetCallerIdentity') return callerIdentity(caller);
      return perform(call, request, target);
    }
    calls.push(`${call.service}:${call.operation}`);
    if (options.throttle?.(call)) return throttled(call);
    const place = accountOf(call);
    const refused = await refusedByIam(call, caller, place);
    if (refused !== undefined) return refused;
    if (call.service === 'sts') {
      if (call.operation === 'GetCallerIdentity') return callerIdentity(caller);
      if (call.operation === 'AssumeRole') return assumeRole(call, caller, { roles, callers, delayMs: delayMs() });
    }
    if (call.service === 'iam' && call.operation === 'SimulatePrincipalPolicy')
      return simulated(call, await permissionsOf(textOf(call, 'PolicySourceArn')), options.pageSize ?? 100);
    if (call.service === 'iam' && call.operation === 'SimulateCustomPolicy')
      return simulated(call, customPermissions(call, caller.arn), options.pageSize ?? 100);
    return (
      (await malformedPolicy(call, partition)) ??
      (await roleRefusal(call, { roles, account: place, delayMs: delayMs() })) ??
      stale.answerTo(call) ??
      hidden(call, caller, await perform(call, request, target))
    );
  }

  /** That an object is not there S3 says to who may list the bucket; to others, that they may not have it. */
  async function hidden(call: AwsCall, caller: Principal, answer: Answer): Promise<Answer> {
    if (answer.status !== 404 || !/^(Get|Head)Object$/.test(call.operation)) return answer;
    const listing: AwsCall = { ...call, operation: 'ListObjectsV2', parameters: { Bucket: call.parameters.Bucket! } };
    return (await refusedByIam(listing, caller, accountOf(call))) ?? answer;
  }

  /** Does what is allowed, and remembers what changes by it. */
  async function perform(call: AwsCall, request: AwsRequest, target: Endpoint): Promise<Answer> {
    const ask: Ask = (operation, parameters) => target.send(requestFor(request, call, { operation, parameters }));
    const lag = options.lag ?? 0;
    if (lag > 0 && call.operation === 'UpdateStateMachine') await revisions.updating(call, lag, ask);
    if (lag > 0 && call.operation === 'UpdateStateMachineAlias') await routing.moving(call, lag, ask);
    const rerouted = call.operation === 'StartExecution' ? routing.started(call) : undefined;
    const send = async () => {
      if (rerouted !== undefined) return ask('StartExecution', rerouted);
      const own = call.service === 'states' ? await revisions.instead(call, ask) : undefined;
      const answer = own ?? (await target.send(request, call.service === 's3'));
      return call.service === 'states' ? revisions.corrected(call, answer, ask) : answer;
    };
    const role = textOf(call, 'RoleName');
    const writes = call.service === 'iam' && role !== '' && !/^(Get|List|Simulate)/.test(call.operation);
    const write = writes ? () => roles.changing(role, send) : send;
    return stale.writing(
      call,
      ({ operation, parameter, of }) =>
        target.send(requestFor(request, call, { operation, parameters: { [parameter]: of } })),
      write,
    );
  }

  async function refusedByIam(call: AwsCall, caller: Principal, place: Account): Promise<Answer | undefined> {
    const own = caller.role === undefined ? caller : { ...caller, ...(await permissionsOfRole(caller.role)) };
    const permissions: Permissions = { policies: [], ...own, arn: caller.arn };
    for (const request of await requestsOf(call, place)) {
      asked.add(`${request.action} ${request.resource}`);
      const decision = await decided(permissions, request, contextOf(call, caller));
      if (decision.allowed) continue;
      denied.push(`${caller.arn} ${request.action} ${request.resource}`);
      return denial(call, caller, request, decision);
    }
    return undefined;
  }

  /** Decisions are made once: what somebody may do does not change but for roles, whose policies are in the key. */
  const known = new Map<string, ReturnType<typeof decide>>();
  function decided(permissions: Permissions, request: IamRequest, context: Context): ReturnType<typeof decide> {
    const key = JSON.stringify([permissions, request, context]);
    const decision = known.get(key) ?? decide(permissions, request, context);
    known.set(key, decision);
    return decision;
  }

  async function permissionsOfRole(name: string): Promise<Pick<Permissions, 'policies' | 'boundary'>> {
    const role = await roles.seen(name, delayMs());
    return { policies: role?.policies ?? [], boundary: role?.boundary };
  }

  /** Of a user whose key there is, or a role. */
  async function permissionsOf(arn: string): Promise<Permissions | undefined> {
    const user = callers.byArn(arn);
    if (user !== undefined && user.role === undefined) return { ...user, policies: user.policies ?? [] };
    const role = await roles.current(roleNameOf(arn));
    if (role === undefined || role.arn !== arn) return undefined;
    const scps = callers.scps();
    return { ...role, ...(scps !== undefined && { scps }) };
  }

  function contextOf(call: AwsCall, { arn, role, context }: Principal): Context {
    return {
      'aws:RequestedRegion': call.service === 'iam' ? globalRegion(partition) : call.region,
      'aws:PrincipalArn': role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`,
      'aws:PrincipalAccount': account,
      'aws:SecureTransport': 'true',
      ...context,
    };
  }

  function accountOf({ region }: Pick<AwsCall, 'region'>): Account {
    const roleArn = async (name: string) =>
      (await roles.current(name))?.arn ?? `arn:${partition}:iam::${account}:role/${name}`;
    return { partition, region, account, roleArn };
  }

  return {
    url,
    callers,
    roles,
    denied,
    calls,
    asked,
    assumed: (roleArn, service, source) => {
      const region = source.split(':')[3] || globalRegion(partition);
      return assumes({ roles, account: accountOf({ region }), delayMs: delayMs() }, roleArn, service, source);
    },
    refusalOf: async (caller, call) => {
      const whole: AwsCall = { ...call, accessKey: '', protocol: 'json' };
      const answer = await refusedByIam(whole, caller, accountOf(whole));
      return answer === undefined ? undefined : String(jsonOf(answer).message);
    },
    forget: () => {
      roles.forget();
      revisions.forget();
      routing.forget();
      callers.forget();
      stale.forget();
      denied.length = 0;
      calls.length = 0;
      asked.clear();
    },
    set: (more) => {
      options = { ...options, ...more };
      if (more.lag !== undefined) stale = new StaleReads(more.lag);
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
