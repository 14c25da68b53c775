import type { Scope, StateNode } from '../machine.ts';
import type { Rule } from './rule.ts';

/** AWS: a state that nothing leads to is refused (MISSING_TRANSITION_TARGET). */
export const reachability: Rule = {
  purpose: 'Every state can be reached from StartAt.',
  check({ scopes }, report) {
    for (const scope of scopes) {
      const start = scope.states.get(String(scope.json.StartAt));
      if (start === undefined) continue;
      const reached = reachable(start, scope);
      for (const state of scope.states.values())
        if (!reached.has(state)) report('ASL021', { name: state.name }, state.path, { onKey: true });
    }
  },
};

function reachable(start: StateNode, scope: Scope): Set<StateNode> {
  const reached = new Set([start]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const state of reached)
    for (const { target } of state.edges) {
      const next = scope.states.get(target);
      if (next !== undefined) reached.add(next);
    }
  return reached;
}
