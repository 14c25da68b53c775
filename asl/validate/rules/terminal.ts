import type { Rule } from './rule.ts';
import { describeScope } from './schema.ts';

/** AWS: MISSING_END_STATE. */
export const terminal: Rule = {
  purpose: 'Every machine, branch and processor has a state that ends it.',
  check({ scopes }, report) {
    for (const scope of scopes) {
      // Where a way leads nowhere, that is said already, and it might have led to an end.
      const goesOn = [...scope.states.values()].every(
        ({ terminal, edges }) => !terminal && edges.length > 0 && edges.every(({ target }) => scope.states.has(target)),
      );
      if (scope.states.size > 0 && goesOn) report('ASL022', { what: describeScope(scope) }, scope.path);
    }
  },
};
