import type { Json } from '../../../asl/json.ts';
import type { Permission } from '../../../authoring/internal.ts';

/**
 * A policy that allows what the permissions say, each action on each of its resources under its condition, and nothing more. Actions on
 * the same resources stand together, as do the resources and the values of a condition of the same actions; everything is sorted.
 */
export function policyDocument(permissions: Iterable<Permission>): Json {
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
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(Object.keys(condition).length > 0 && { Condition: condition as Json }),
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
  join: (a: Grant, b: Grant) => Grant,
): Grant[] {
  const groups = new Map<string, Grant>();
  for (const grant of grants) {
    const name = JSON.stringify(same(grant));
    const group = groups.get(name);
    groups.set(name, group ? join(group, grant) : grant);
  }
  return [...groups.values()];
}

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();

function withResources(a: Grant, b: Grant): Grant {
  const resources = union(a.resources, b.resources);
  return { ...a, resources: resources.includes('*') ? ['*'] : resources };
}

function withActions(a: Grant, b: Grant): Grant {
  return { ...a, actions: union(a.actions, b.actions) };
}

/** A condition without the values of `s3:prefix`, of which one is enough. */
function shapeOf({ StringLike = {}, ...others }: Grant['condition']): unknown {
  const { [PREFIX]: values, ...like } = StringLike;
  return [others, like, values !== undefined];
}
const PREFIX = 's3:prefix';

function withValues(a: Grant, b: Grant): Grant {
  const [one, other] = [a, b].map(({ condition }) => [condition.StringLike?.[PREFIX] ?? []].flat());
  if (one!.length === 0) return a;
  return {
    ...a,
    condition: { ...a.condition, StringLike: { ...a.condition.StringLike, [PREFIX]: union(one!, other!) } },
  };
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
