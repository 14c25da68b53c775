import type { Fragment } from '../../authoring/internal.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { Scope } from '../5-outcomes/outcomes.ts';
import { isSame, type ScopePath, within } from '../5-outcomes/outcomes.ts';

/**
 * The tasks of several states that become a one-branch Parallel. One with retries or a catch of its own does, for all of its states; and
 * one whose states assign variables does where a scope within its own assigns them too, which ASL refuses.
 */
export function wrappedTasks(
  { tasks }: Graph,
  body: Scope,
  fragmentOf: (task: string) => Fragment,
): ReadonlySet<string> {
  const wrapped = new Set<string>();
  const assigning: Assigning[] = [];
  const open = [body];
  for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
    for (const item of scope.items) {
      if (item.kind === 'parallel') open.push(...item.branches);
      if (item.kind !== 'task') continue;
      const { states, variables = [] } = fragmentOf(item.id);
      if (Object.keys(states).length === 1) continue;
      if (tasks.get(item.id)!.model.retries > 0 || (item.failed ?? item.skipped)) wrapped.add(item.id);
      if (variables.length > 0) assigning.push({ id: item.id, scope: scope.path, variables });
    }
  }
  // To wrap one moves its variables into a scope within, where they meet those of another.
  for (let before = -1; before < wrapped.size; ) {
    before = wrapped.size;
    for (const one of assigning) if (assigning.some((other) => meets(one, other))) wrapped.add(one.id);
  }
  return wrapped;

  /** Whether another assigns in a scope within the one's what it assigns itself. */
  function meets(one: Assigning, other: Assigning): boolean {
    return (
      other !== one &&
      other.variables.some((name) => one.variables.includes(name)) &&
      within(other.scope, one.scope) &&
      (!isSame(other.scope, one.scope) || wrapped.has(other.id))
    );
  }
}

interface Assigning {
  readonly id: string;
  readonly scope: ScopePath;
  readonly variables: readonly string[];
}
