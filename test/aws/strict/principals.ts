import { randomBytes } from 'node:crypto';
import type { Context, NamedPolicy } from '../../../engines/iam/index.ts';
import { type Role, roleNameOf } from './roles.ts';

/** Somebody who calls. */
export interface Principal {
  /** `arn:aws:iam::…:user/ann`, `arn:aws:sts::…:assumed-role/deployer/session`, or the account's root, to whom nothing is refused. */
  readonly arn: string;
  /** What it may do. Of a session: nothing here, it is its role's. */
  readonly policies?: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  /** Service control policies of the account. */
  readonly scps?: readonly NamedPolicy[];
  /** The role whose session it is, by its name. */
  readonly role?: string;
  /** Condition keys that its credentials bring: `aws:MultiFactorAuthPresent` … */
  readonly context?: Context;
}

export function isRoot({ arn }: Principal): boolean {
  return arn.endsWith(':root');
}

/** A session's ARN and what it is of; AWS leaves a role's path out of it. */
export function sessionOf(role: Role, session: string): Principal {
  const [, partition, , , account] = role.arn.split(':');
  const name = roleNameOf(role.arn);
  return { arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`, role: name };
}

/** Whose access keys there are. A key that nobody registered is not valid, as on AWS. */
export class Callers {
  readonly #byKey = new Map<string, Principal>();
  readonly #given: { readonly [accessKey: string]: Principal };

  constructor(given: { readonly [accessKey: string]: Principal }) {
    this.#given = given;
  }

  of(accessKey: string): Principal | undefined {
    return this.#byKey.get(accessKey) ?? this.#given[accessKey];
  }

  /** The user or session of an ARN. */
  byArn(arn: string): Principal | undefined {
    return [...this.#byKey.values(), ...Object.values(this.#given)].find((one) => one.arn === arn);
  }

  /** The account's service control policies, as its callers have them. */
  scps(): readonly NamedPolicy[] | undefined {
    return Object.values(this.#given).find(({ scps }) => scps !== undefined)?.scps;
  }

  /** Changes what a key stands for. */
  set(accessKey: string, principal: Principal): void {
    this.#byKey.set(accessKey, principal);
  }

  /** The keys of a new session. */
  session(principal: Principal): {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  } {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    this.#byKey.set(accessKeyId, principal);
    return {
      accessKeyId,
      secretAccessKey: randomBytes(20).toString('hex'),
      sessionToken: randomBytes(20).toString('hex'),
    };
  }

  forget(): void {
    this.#byKey.clear();
  }
}
