import type { Rule } from './rule.ts';
import { describeScope } from './schema.ts';

/** AWS: MISSING_END_STATE. */
export const terminal: Rule = {
  purpose: 'Every machine, branch and processor has a state that ends it.',
  check({ scopes }, report) {
    for (const scope of scopes) {
      const states = [...scope.states.values()];
      // A single state that says neither is told so by name: nextOrEnd.
      if (states.length > 0 && !states.some((state) => state.terminal || (state.edges.length === 0 && state.type !== 'Choice')))
        report('ASL022', { what: describeScope(scope) }, scope.path);
    }
  },
};
