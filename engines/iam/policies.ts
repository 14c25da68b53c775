/** What IAM is asked: may the principal do this to that? One call of a service may ask several. */
export interface IamRequest {
  /** `glue:StartCrawler` */
  readonly action: string;
  /** An ARN in AWS's own form, or `*` for an action that no resource narrows. */
  readonly resource: string;
  /** What conditions can ask for, by key. */
  readonly context: Context;
}

export type Context = { readonly [key: string]: string | readonly string[] };

/** A policy as it is written in IAM. What it says is checked by whoever takes it in. */
export interface PolicyText {
  readonly Version?: string;
  readonly Statement: StatementText | readonly StatementText[];
}

export interface StatementText {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

export interface NamedPolicy {
  /** As messages call it: `policy.json`. */
  readonly name: string;
  readonly policy: PolicyText;
}

/** The policies that decide over a principal's requests. */
export interface Policies {
  /** Its own, inline and attached. */
  readonly identity?: readonly NamedPolicy[];
  /** Its permissions boundary. */
  readonly boundary?: readonly NamedPolicy[];
  /** Service control policies: the root's, those of each unit below it, the account's; each level must allow. */
  readonly organization?: readonly (readonly NamedPolicy[])[];
  /** That of the resource: a bucket's, a role's trust. */
  readonly resource?: NamedPolicy;
}

/** Whose policy decided. */
export type PolicyKind = 'identity' | 'boundary' | 'organization' | 'resource';

/** A statement of one of the policies. */
export interface StatementAt {
  readonly kind: PolicyKind;
  readonly policy: string;
  /** From 0. */
  readonly index: number;
  readonly statement: StatementText;
}

/** All statements of the policies, each where it stands. */
export function statementsIn({ identity = [], boundary = [], organization = [], resource }: Policies): StatementAt[] {
  const of = (kind: PolicyKind, policies: readonly NamedPolicy[]) =>
    policies.flatMap(({ name, policy }) =>
      [policy.Statement].flat().map((statement, index) => ({ kind, policy: name, index, statement })),
    ) as StatementAt[];
  return [
    ...of('identity', identity),
    ...of('boundary', boundary),
    ...of('organization', organization.flat()),
    ...of('resource', resource === undefined ? [] : [resource]),
  ];
}
