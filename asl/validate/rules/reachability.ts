import type { JsonObject } from '../../json/value.ts';
import { isMacroKey } from '../../placeholders/index.ts';
import { isFilledLater } from '../filled-later.ts';
import { type Scope, type StateNode, statesNamed } from '../machine.ts';
import type { Rule } from './rule.ts';

/** AWS: a state that nothing leads to is refused (MISSING_TRANSITION_TARGET). */
export const reachability: Rule = {
  purpose: 'Every state can be reached from StartAt.',
  check({ scopes }, report) {
    for (const scope of scopes) {
      const start = scope.states.get(String(scope.json.StartAt));
      if (start === undefined || mayLeadAnywhere(scope)) continue;
      const reached = reachable(start, scope);
      for (const state of scope.states.values())
        if (!reached.has(state)) report('ASL021', { name: state.name }, state.path, { onKey: true });
    }
  },
};

/** What a macro adds, and what is filled in as a state, may lead anywhere. */
function mayLeadAnywhere({ json }: Scope): boolean {
  return Object.entries(json.States as JsonObject).some(([name, state]) => isMacroKey(name) || isFilledLater(state));
}

function reachable(start: StateNode, scope: Scope): Set<StateNode> {
  const reached = new Set([start]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const state of reached)
    for (const { target } of state.edges) for (const next of statesNamed(scope, target)) reached.add(next);
  return reached;
}
