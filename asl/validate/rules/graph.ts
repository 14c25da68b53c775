import { nearest } from '../../../diagnostics/did-you-mean.ts';
import { isObject, type JsonObject } from '../../json/value.ts';
import { STATE_FIELDS } from '../../language/fields.ts';
import { LIMITS } from '../../language/limits.ts';
import { isMacroKey } from '../../placeholders/index.ts';
import { hasFieldsLater, isFilledLater } from '../draft.ts';
import { type Scope, type StateNode, statesNamed } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';
import { describeScope } from './schema.ts';

/** AWS: DUPLICATE_STATE_NAME, INVALID_STATE_NAME. */
export const names: Rule = {
  purpose: 'State names are unique in the whole definition and not too long.',
  check({ states }, report) {
    const taken = new Map<string, string>();
    for (const { name, path } of states) {
      const other = taken.get(name);
      if (other !== undefined) report('ASL025', { name, other }, path, { onKey: true });
      else taken.set(name, path);
      // A string's length counts UTF-16 units, the limit counts characters.
      const length = name.length > LIMITS.stateName ? [...name].length : name.length;
      if (length > LIMITS.stateName && !isFilledLater(name))
        report('ASL026', { length, most: LIMITS.stateName }, path, { onKey: true });
    }
  },
};

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
  // A state that is not an object is reported by the schema.
  const isThere = statesNamed(scope, name).length > 0 || Object.hasOwn(scope.json.States as JsonObject, name);
  if (name === '' || isFilledLater(name) || isThere) return;
  const field = path.slice(path.lastIndexOf('/') + 1);
  const elsewhere = everywhere.has(name);
  const suggestion = (): string | undefined => (elsewhere ? undefined : nearest(name, scope.states.keys()));
  report('ASL020', () => ({ field, target: name, elsewhere, suggestion: suggestion() }), path);
}

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

/** https://states-language.net/spec.html#transition */
export const nextOrEnd: Rule = {
  purpose: 'A state that can go on has Next or "End": true, and not both.',
  check({ states }, report) {
    for (const { name, json, path, type } of states) {
      if (type === undefined || STATE_FIELDS[type].Next === undefined) continue;
      const next = json.Next !== undefined;
      if (next && json.End === true) report('ASL023', { name }, `${path}/End`, { onKey: true });
      else if (next && json.End === false) report('ASL027', { name }, `${path}/End`, { onKey: true });
      // An End that is neither true nor false is reported by the schema.
      else if (!next && (json.End === undefined || json.End === false) && !hasFieldsLater(json))
        report('ASL024', { name }, path);
    }
  },
};

/** AWS: MISSING_END_STATE. */
export const terminal: Rule = {
  purpose: 'Every machine, branch and processor has a state that ends it.',
  check({ scopes }, report) {
    for (const scope of scopes) {
      // A transition to a missing state is reported already, and that state might have been the end.
      const goesOn = [...scope.states.values()].every(
        ({ terminal, edges }) => !terminal && edges.length > 0 && edges.every(({ target }) => scope.states.has(target)),
      );
      if (scope.states.size > 0 && goesOn) report('ASL022', { what: describeScope(scope) }, scope.path);
    }
  },
};
