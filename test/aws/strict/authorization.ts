import type { Context, Tags } from '../../../engines/iam/index.ts';
import { decide, type Permissions } from './decision.ts';
import { denial } from './denial.ts';
import { globalRegion } from './partition.ts';
import type { Callers, Principal } from './principals.ts';
import type { AwsCall } from './protocol/call.ts';
import type { Answer } from './protocol/refusal.ts';
import type { Account } from './requests/request.ts';
import { requestsOf } from './requests/requests.ts';
import { type Roles, roleNameOf } from './roles.ts';

export interface AuthorizationOptions {
  readonly account: string;
  readonly partition: string;
  readonly roles: Roles;
  readonly callers: Callers;
  /** How late a role's policies are heard of. */
  readonly delayMs: () => number;
  /** The tags of what is there, by ARN. */
  readonly tagsOf: (arn: string) => Promise<Tags | undefined>;
}

/** Whether callers may do what they call, as IAM decides it. */
export class Authorization {
  /** What was refused: who, what, on what. */
  readonly denied: string[] = [];
  /** What was asked, action and resource. */
  readonly asked = new Set<string>();
  readonly #options: AuthorizationOptions;

  constructor(options: AuthorizationOptions) {
    this.#options = options;
  }

  /** What a caller is answered that may not do all that a call asks of IAM; undefined who may. */
  async refusal(call: AwsCall, caller: Principal): Promise<Answer | undefined> {
    const permissions: Permissions = {
      ...{ policies: [], ...caller },
      ...(caller.role !== undefined && (await this.#ofRole(caller.role))),
    };
    const context = await this.#contextOf(call, caller);
    for (const request of await requestsOf(call, this.account(call.region))) {
      this.asked.add(`${request.action} ${request.resource}`);
      const decision = await decide({ ...permissions, arn: caller.arn }, request, context);
      if (decision.allowed) continue;
      this.denied.push(`${caller.arn} ${request.action} ${request.resource}`);
      return denial(call, caller, request, decision);
    }
    return undefined;
  }

  /** That an object is not there S3 says to who may list the bucket; to others, that they may not have it. */
  async hidden(call: AwsCall, caller: Principal, answer: Answer): Promise<Answer> {
    if (answer.status !== 404 || !/^(Get|Head)Object$/.test(call.operation)) return answer;
    const listing = { operation: 'ListObjectsV2', parameters: { Bucket: call.parameters.Bucket! } };
    return (await this.refusal({ ...call, ...listing }, caller)) ?? answer;
  }

  /** What a user whose key there is, or a role, may do; undefined if there is none. */
  async permissionsOf(arn: string): Promise<Permissions | undefined> {
    const { callers, roles } = this.#options;
    const user = callers.byArn(arn);
    if (user !== undefined && user.role === undefined) return { ...user, policies: user.policies ?? [] };
    const role = await roles.current(roleNameOf(arn));
    if (role === undefined || role.arn !== arn) return undefined;
    const scps = callers.scps();
    return { ...role, ...(scps !== undefined && { scps }) };
  }

  account(region: string): Account {
    const { partition, account, tagsOf } = this.#options;
    return { partition, region, account, tagsOf, roleArn: (name) => this.#roleArn(name) };
  }

  async #roleArn(name: string): Promise<string> {
    const { partition, account, roles } = this.#options;
    return (await roles.current(name))?.arn ?? `arn:${partition}:iam::${account}:role/${name}`;
  }

  async #ofRole(name: string): Promise<Pick<Permissions, 'policies' | 'boundary'>> {
    const role = await this.#options.roles.seen(name, this.#options.delayMs());
    return { policies: role?.policies ?? [], boundary: role?.boundary };
  }

  async #contextOf(call: AwsCall, { arn, role, context }: Principal): Promise<Context> {
    const { partition, account } = this.#options;
    return {
      'aws:RequestedRegion': call.service === 'iam' ? globalRegion(partition) : call.region,
      'aws:PrincipalArn': role === undefined ? arn : await this.#roleArn(role),
      'aws:PrincipalAccount': account,
      'aws:SecureTransport': 'true',
      ...context,
    };
  }
}
