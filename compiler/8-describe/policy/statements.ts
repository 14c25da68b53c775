import type { Permission } from '../../../authoring/internal.ts';
import type { PolicyDocument } from '../../../manifest/manifest.ts';

/**
 * A policy that allows what the permissions say, each action on each of its resources under its condition, and nothing more. Actions on
 * the same resources stand together, as do the resources and the values of a condition of the same actions; everything is sorted.
 */
export function policyDocument(permissions: Iterable<Permission>): PolicyDocument {
  let grants: Grant[] = [...permissions].flatMap(({ actions, resources, condition = {} }) =>
    [...new Set(actions)].map((action) => ({
      actions: [action],
      resources: [...new Set(resources)].sort(),
      condition,
    })),
  );
  // Each step joins what differs in one part only: what is allowed stays the same.
  grants = joined(grants, ({ actions, condition }) => [actions, condition], withResources);
  grants = joined(grants, ({ actions, resources, condition }) => [actions, resources, shapeOf(condition)], withValues);
  grants = joined(grants, ({ resources, condition }) => [resources, condition], withActions);
  const statements = grants.map(({ actions, resources, condition }) => ({
    Effect: 'Allow' as const,
    Action: actions,
    Resource: resources,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }));
  return { Version: '2012-10-17', Statement: statements.sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: NonNullable<Permission['condition']>;
}

function joined(
  grants: readonly Grant[],
  same: (grant: Grant) => unknown,
  join: (alike: readonly Grant[], first: Grant) => Partial<Grant>,
): Grant[] {
  const groups = new Map<string, Grant[]>();
  for (const grant of grants) {
    const name = JSON.stringify(same(grant));
    const group = groups.get(name);
    if (group) group.push(grant);
    else groups.set(name, [grant]);
  }
  return [...groups.values()].map((alike) => ({ ...alike[0]!, ...join(alike, alike[0]!) }));
}

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();

function withResources(alike: readonly Grant[]): Partial<Grant> {
  const resources = union(alike.map((grant) => grant.resources));
  return { resources: resources.includes('*') ? ['*'] : resources };
}

function withActions(alike: readonly Grant[]): Partial<Grant> {
  return { actions: union(alike.map((grant) => grant.actions)) };
}

/** A condition without the values of `s3:prefix`, of which one is enough. */
function shapeOf({ StringLike = {}, ...others }: Grant['condition']): unknown {
  const { [PREFIX]: values, ...like } = StringLike;
  return [others, like, values !== undefined];
}
const PREFIX = 's3:prefix';

function withValues(alike: readonly Grant[], { condition }: Grant): Partial<Grant> {
  const values = union(alike.map((grant) => [grant.condition.StringLike?.[PREFIX] ?? []].flat()));
  if (values.length === 0) return {};
  return { condition: { ...condition, StringLike: { ...condition.StringLike, [PREFIX]: values } } };
}

function key({
  Action,
  Resource,
}: {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}): string {
  return `${Action[0]} ${Resource.join(' ')}`;
}
