import type { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import { keyType } from '../../asl/services/iam/index.ts';
import { needPackages } from '../../project/packages.ts';
import {
  type Context,
  type IamRequest,
  type NamedPolicy,
  type Policies,
  type PolicyKind,
  type PolicyText,
  type StatementAt,
  type StatementText,
  statementsIn,
} from './policies.ts';
import { isAbout, relevant } from './relevant.ts';

export interface Asked extends IamRequest {
  /** Who asks: the ARN of a user, a role or a session of one, or a service, `scheduler.amazonaws.com`. */
  readonly principal: string;
  readonly policies: Policies;
  /** The account of the resource; default: what its ARN says, else the principal's. Another one's policy must allow it as well. */
  readonly account?: string;
}

export type Decision = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  /** The statements that allow it. */
  readonly statements: readonly StatementAt[];
}

export interface Denied {
  readonly allowed: false;
  /** Which kind of policy denies it, or lacks what would allow it. */
  readonly by: PolicyKind;
  /** By a statement that says `Deny`; else none says `Allow`. */
  readonly explicit: boolean;
  /** The statements that deny it. */
  readonly statements: readonly StatementAt[];
  /** The statements of this kind that allow the action, but not here. */
  readonly near: readonly Near[];
}

/** A statement that would allow a request if it was for this resource, or if its conditions were met. */
export interface Near extends StatementAt {
  readonly misses: 'resource' | 'condition';
  /** The conditions that are not met, with what the request has; nothing: it lacks the key. */
  readonly conditions: readonly Unmet[];
}

export interface Unmet {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  readonly has?: string | readonly string[];
}

/** IAM's decisions. */
export interface Iam {
  /** Decides as IAM does, and says by which statement, or why by none. */
  authorize(asked: Asked): Decision;
  /** What keeps a document from being a policy of a role; nothing where it is one. */
  faults(policy: PolicyText): Promise<readonly string[]>;
}

/**
 * Loads what decides: an optional package, which is asked for where it is missing.
 * @param what what needs it, as the user calls it
 * @throws Stop with CLI006
 * @example
 * const { authorize } = await loadIam('`dagwright local --enforce-policy`');
 * authorize({ principal, action: 'glue:GetJob', resource, context: {}, policies: { identity: [{ name: 'policy.json', policy }] } });
 */
export async function loadIam(what: string): Promise<Iam> {
  needPackages(['@cloud-copilot/iam-simulate'], what);
  const { runSimulation, runUnsafeSimulation } = await import('@cloud-copilot/iam-simulate');
  const faults = async (policy: PolicyText) => {
    const checked = await runSimulation(
      {
        request: {
          principal: 'arn:aws:iam::123456789012:role/any',
          action: 's3:ListAllMyBuckets',
          resource: { resource: '*', accountId: '123456789012' },
          contextVariables: {},
        },
        identityPolicies: [{ name: 'policy', policy }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (checked.resultType !== 'error') return [];
    const found = checked.errors.identityPolicyErrors?.policy ?? [];
    return found.length > 0
      ? found.map(({ message, path }) => `${message}${path ? ` (${path})` : ''}`)
      : [checked.errors.message];
  };
  return { authorize: (asked) => decide(asked, runUnsafeSimulation), faults };
}

type Simulator = typeof runUnsafeSimulation;

function decide(asked: Asked, simulate: Simulator): Decision {
  const result = (policies: Policies) => simulated({ ...asked, policies }, simulate);
  const answer = result(asked.policies);
  const all = statementsIn(asked.policies).filter(
    ({ kind, statement }) => kind === 'resource' || isAbout(statement, asked.action),
  );
  const alone = (at: StatementAt) => result(onlyThe(at));
  if (answer === 'Allowed')
    return { allowed: true, statements: all.filter((at) => at.statement.Effect === 'Allow' && grants(at, alone(at))) };
  const denying = all.filter((at) => at.statement.Effect === 'Deny' && alone(at) === 'ExplicitlyDenied');
  if (answer === 'ExplicitlyDenied')
    return { allowed: false, by: denying[0]?.kind ?? 'identity', explicit: true, statements: denying, near: [] };
  const by = lacking(asked.policies, result);
  const near = all
    .filter(({ kind, statement }) => kind === by && statement.Effect === 'Allow')
    .flatMap((at) => nearOf(at, asked, result));
  return { allowed: false, by, explicit: false, statements: [], near };
}

function simulated({ principal, action, resource, context, policies, ...asked }: Asked, simulate: Simulator) {
  const { identity = [], boundary, organization = [], resource: own } = relevant(policies, action, resource);
  const account = principal.split(':')[4] ?? '';
  return simulate(
    {
      request: {
        principal,
        action,
        resource: {
          // A star in the name of a thing is one of its characters.
          resource: resource === '*' ? '*' : resource.replaceAll('*', '∗'),
          accountId: asked.account ?? (resource.split(':')[4] || account),
        },
        contextVariables: typed(context),
      },
      identityPolicies: [...identity],
      ...(boundary && { permissionBoundaryPolicies: [...boundary] }),
      serviceControlPolicies: organization.map((policies, level) => ({
        orgIdentifier: `level ${level}`,
        policies: [...policies],
      })),
      resourceControlPolicies: [],
      // Only as a policy that was validated does one of a resource keep its name, which the library needs.
      ...(own && {
        resourcePolicy: { __validated: true, policyDocument: own.policy, metadata: { name: own.name }, errors: [] },
      }),
    },
    {},
  );
}

/** Keys that hold several values have a list, others one value. */
function typed(context: Context): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => {
      const isList = keyType(key)?.startsWith('ArrayOf') ?? LISTS.has(key.toLowerCase());
      return [key, isList ? [value].flat() : Array.isArray(value) ? `${value[0]}` : (value as string)];
    }),
  );
}

/** IAM's own keys of several values. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const LISTS: ReadonlySet<string> = new Set(
  ['CalledVia', 'PrincipalOrgPaths', 'PrincipalServiceNamesList', 'ResourceOrgPaths', 'SourceOrgPaths', 'TagKeys'].map(
    (name) => `aws:${name}`.toLowerCase(),
  ),
);

const ALL: NamedPolicy = {
  name: 'all',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/** One statement, in the place of all policies of its kind; whatever else must allow does. */
function onlyThe({ kind, policy: name, statement }: StatementAt): Policies {
  const own: NamedPolicy = { name, policy: { Version: '2012-10-17', Statement: [statement] } };
  switch (kind) {
    case 'identity':
      return { identity: [own] };
    case 'boundary':
      return { identity: [ALL], boundary: [own] };
    case 'organization':
      return { identity: [ALL], organization: [[own]] };
    case 'resource':
      return { resource: own };
  }
}

function grants(at: StatementAt, answer: string): boolean {
  return (at.kind === 'identity' || at.kind === 'resource') && answer === 'Allowed';
}

/** Which kind of policy does not allow what the others do: the principal's own first. */
function lacking(
  { identity, boundary, organization, resource }: Policies,
  result: (policies: Policies) => string,
): PolicyKind {
  if (result({ ...(identity && { identity }), ...(resource && { resource }) }) !== 'Allowed')
    return identity === undefined && resource !== undefined ? 'resource' : 'identity';
  if (organization && result({ identity: [ALL], organization }) !== 'Allowed') return 'organization';
  return boundary ? 'boundary' : 'resource';
}

/** What keeps a statement from allowing a request; nothing where that is neither its resources nor its conditions. */
function nearOf(at: StatementAt, { context }: Asked, result: (policies: Policies) => string): Near[] {
  const { Condition = {}, ...bare } = at.statement;
  const allows = (statement: StatementText) => result(onlyThe({ ...at, statement })) === 'Allowed';
  if (!allows(bare)) {
    const { NotResource: _, ...anywhere } = { ...bare, Resource: '*' };
    return allows(anywhere) ? [{ ...at, misses: 'resource', conditions: [] }] : [];
  }
  const conditions = Object.entries(Condition).flatMap(([operator, tests]) =>
    Object.entries(tests)
      .filter(([key, value]) => !allows({ ...bare, Condition: { [operator]: { [key]: value } } }))
      .map(([key, value]): Unmet => {
        const has = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
        return { operator, key, wanted: [value].flat().map(String), ...(has !== undefined && { has }) };
      }),
  );
  return conditions.length > 0 ? [{ ...at, misses: 'condition', conditions }] : [];
}
