import type { NamedPolicy, Policies, StatementText } from './policies.ts';

/**
 * The policies with those statements alone that are about an action, and about it without a resource where the request has none: of
 * statements for certain resources none then allows it. What the library is given is less, and what it answers the same.
 */
export function relevant(policies: Policies, action: string, resource: string): Policies {
  const about = (statement: StatementText) => isAbout(statement, action);
  const narrowed = ({ name, policy }: NamedPolicy): NamedPolicy => ({
    name,
    policy: {
      Version: '2012-10-17',
      ...policy,
      Statement: [policy.Statement]
        .flat()
        .filter(about)
        .flatMap((one) => (resource === '*' ? withoutResource(one) : [one])),
    },
  });
  const { identity, boundary, organization, resource: own } = policies;
  return {
    ...(identity && { identity: identity.map(narrowed) }),
    ...(boundary && { boundary: boundary.map(narrowed) }),
    ...(organization && { organization: organization.map((level) => level.map(narrowed)) }),
    ...(own && { resource: own }),
  };
}

/** Whether a statement's Action, or what its NotAction leaves, is the action. */
export function isAbout({ Action, NotAction }: StatementText, action: string): boolean {
  if (NotAction !== undefined) return ![NotAction].flat().some((pattern) => matches(pattern, action));
  return [Action ?? []].flat().some((pattern) => matches(pattern, action));
}

function matches(pattern: string, action: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === action.toLowerCase();
  const form = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${form}$`, 'i').test(action);
}

/** As it bears on a request without a resource: whole, or not at all. */
function withoutResource(statement: StatementText): StatementText[] {
  const { Resource, NotResource, ...rest } = statement;
  const isAll = (patterns: unknown) => [patterns].flat().some((one) => /^\*+$/.test(`${one}`));
  const applies = NotResource === undefined ? Resource === undefined || isAll(Resource) : !isAll(NotResource);
  return applies ? [{ ...rest, ...((Resource ?? NotResource) !== undefined && { Resource: '*' }) }] : [];
}
