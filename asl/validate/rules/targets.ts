import { nearest } from '../../../diagnostics/did-you-mean.ts';
import { isObject, type JsonObject } from '../../json/value.ts';
import { isMacroKey } from '../../placeholders/index.ts';
import { isFilledLater } from '../filled-later.ts';
import { type Scope, statesNamed } from '../machine.ts';
import type { Report } from '../report.ts';
import type { Rule } from './rule.ts';

/** AWS: MISSING_TRANSITION_TARGET. */
export const targets: Rule = {
  purpose: 'StartAt, Next, Default and the Next of catchers and choice rules name a state of the same scope.',
  check({ scopes, states }, report) {
    const everywhere = new Set(states.map(({ name }) => name));
    for (const scope of scopes) {
      // What a macro adds may be what is meant.
      if (isObject(scope.json.States) && Object.keys(scope.json.States).some(isMacroKey)) continue;
      if (typeof scope.json.StartAt === 'string' && scope.states.size > 0)
        target(scope.json.StartAt, `${scope.path}/StartAt`, scope, everywhere, report);
      for (const state of scope.states.values())
        for (const edge of state.edges) target(edge.target, edge.path, scope, everywhere, report);
    }
  },
};

function target(name: string, path: string, scope: Scope, everywhere: ReadonlySet<string>, report: Report): void {
  // What is no object is said to be none.
  const isThere = statesNamed(scope, name).length > 0 || Object.hasOwn(scope.json.States as JsonObject, name);
  if (name === '' || isFilledLater(name) || isThere) return;
  const field = path.slice(path.lastIndexOf('/') + 1);
  const elsewhere = everywhere.has(name);
  const suggestion = (): string | undefined => (elsewhere ? undefined : nearest(name, scope.states.keys()));
  report('ASL020', () => ({ field, target: name, elsewhere, suggestion: suggestion() }), path);
}
