import { IAM as Client, type IAMClientConfig } from '@aws-sdk/client-iam';
import { orUndefined } from '../../../aws/errors.ts';
import type { NamedPolicy } from '../../../engines/iam/index.ts';

/** A role as it stands: who may assume it, and what it may do. */
export interface Role {
  readonly arn: string;
  readonly trust: NamedPolicy['policy'];
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
}

/** What stood from a moment on; undefined: there was no such role. */
interface Change {
  readonly at: number;
  readonly role: Role | undefined;
}

/**
 * The roles of the account, as the endpoint has them now and as the services have heard of them: IAM's changes reach them later.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export class Roles {
  readonly #iam: Client;
  readonly #now: () => number;
  /** What stands now, where it was read. */
  readonly #current = new Map<string, Promise<Role | undefined>>();
  /** The oldest first; the first one is what stood before the first change. */
  readonly #changes = new Map<string, Change[]>();

  constructor(config: IAMClientConfig, now: () => number) {
    this.#iam = new Client(config);
    this.#now = now;
  }

  /** As it stands at the endpoint. */
  current(name: string): Promise<Role | undefined> {
    const known = this.#current.get(name) ?? this.#read(name);
    this.#current.set(name, known);
    return known;
  }

  /** As a service knows it that hears of changes so late. */
  async seen(name: string, delayMs: number): Promise<Role | undefined> {
    const changes = this.#changes.get(name);
    const until = this.#now() - delayMs;
    if (changes === undefined || delayMs === 0) return this.current(name);
    return changes.findLast(({ at }, i) => i === 0 || at <= until)!.role;
  }

  /** Does what changes a role, and remembers when what stood before ended. */
  async changing<T>(name: string, change: () => Promise<T>): Promise<T> {
    const before = await this.current(name);
    try {
      return await change();
    } finally {
      this.#current.delete(name);
      const changes = this.#changes.get(name) ?? [{ at: Number.NEGATIVE_INFINITY, role: before }];
      changes.push({ at: this.#now(), role: await this.current(name) });
      this.#changes.set(name, changes);
    }
  }

  forget(): void {
    this.#current.clear();
    this.#changes.clear();
  }

  close(): void {
    this.#iam.destroy();
  }

  async #read(RoleName: string): Promise<Role | undefined> {
    const [found, inline, attached] = await Promise.all([
      orUndefined(this.#iam.getRole({ RoleName }), ...MISSING),
      orUndefined(this.#iam.listRolePolicies({ RoleName }), ...MISSING),
      orUndefined(this.#iam.listAttachedRolePolicies({ RoleName }), ...MISSING),
    ]);
    if (found?.Role === undefined) return undefined;
    const boundary = found.Role.PermissionsBoundary?.PermissionsBoundaryArn;
    const policies = await Promise.all([
      ...(inline?.PolicyNames ?? []).map(async (PolicyName) => {
        const { PolicyDocument } = await this.#iam.getRolePolicy({ RoleName, PolicyName });
        return { name: PolicyName, policy: documentOf(PolicyDocument) };
      }),
      ...(attached?.AttachedPolicies ?? []).map(({ PolicyArn }) => this.#managed(PolicyArn!)),
    ]);
    return {
      arn: found.Role.Arn!,
      trust: documentOf(found.Role.AssumeRolePolicyDocument),
      policies,
      ...(boundary !== undefined && { boundary: await this.#managed(boundary) }),
    };
  }

  async #managed(PolicyArn: string): Promise<NamedPolicy> {
    // The emulator holds few of AWS's own policies. What it does not hold allows nothing here.
    const found = await orUndefined(this.#iam.getPolicy({ PolicyArn }), ...MISSING);
    if (found === undefined) return { name: PolicyArn, policy: { Version: '2012-10-17', Statement: [] } };
    const { Policy } = found;
    const { PolicyVersion } = await this.#iam.getPolicyVersion({ PolicyArn, VersionId: Policy!.DefaultVersionId! });
    return { name: PolicyArn, policy: documentOf(PolicyVersion!.Document) };
  }
}

const MISSING = ['NoSuchEntity', 'NoSuchEntityException'];

/** IAM answers documents URL-encoded. */
export function documentOf(text = '{}'): NamedPolicy['policy'] {
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text) as NamedPolicy['policy'];
}

/** The name in a role's ARN, without its path. */
export function roleNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
