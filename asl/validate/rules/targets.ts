import { closest } from '../closest.ts';
import type { Scope } from '../machine.ts';
import type { Report } from '../report.ts';
import type { Rule } from './rule.ts';

/** AWS: MISSING_TRANSITION_TARGET. */
export const targets: Rule = {
  purpose: 'StartAt, Next, Default and the Next of catchers and choice rules name a state of the same scope.',
  check({ scopes, states }, report) {
    const everywhere = new Set(states.map(({ name }) => name));
    for (const scope of scopes) {
      if (typeof scope.json.StartAt === 'string' && scope.states.size > 0)
        target(scope.json.StartAt, `${scope.path}/StartAt`, scope, everywhere, report);
      for (const state of scope.states.values())
        for (const edge of state.edges) target(edge.target, edge.path, scope, everywhere, report);
    }
  },
};

function target(name: string, path: string, scope: Scope, everywhere: ReadonlySet<string>, report: Report): void {
  if (scope.states.has(name) || name === '') return;
  const field = path.slice(path.lastIndexOf('/') + 1);
  const elsewhere = everywhere.has(name);
  const suggestion = (): string | undefined => (elsewhere ? undefined : closest(name, scope.states.keys()));
  report('ASL020', () => ({ field, target: name, elsewhere, suggestion: suggestion() }), path);
}
