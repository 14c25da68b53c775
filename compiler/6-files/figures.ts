import type { Json } from '../../asl/json.ts';

/** How large a machine is and what a run of it takes when all goes well. */
export interface Figures {
  readonly states: number;
  /** State transitions of a run that goes well: every state on the straight way, a loop once. */
  readonly transitions: number;
  /** History events of such a run. */
  readonly events: number;
}

type StateJson = { readonly [field: string]: Json };
type ScopeJson = { readonly StartAt: string; readonly States: { readonly [name: string]: StateJson } };

export function figuresOf(definition: { readonly [field: string]: Json }): Figures {
  const scope = definition as unknown as ScopeJson;
  const run = walk(scope);
  return { states: count(scope), transitions: run.transitions, events: run.events + 2 };
}

function count({ States }: ScopeJson): number {
  return Object.values(States).reduce(
    (n, state) => n + 1 + branchesOf(state).reduce((m, branch) => m + count(branch), 0),
    0,
  );
}

/** Follows Next and Default; where a Default leads back, the first rule. */
function walk({ StartAt, States }: ScopeJson): { transitions: number; events: number } {
  let [transitions, events] = [0, 0];
  const seen = new Set<string>();
  for (let name: string | undefined = StartAt; name !== undefined; ) {
    seen.add(name);
    const state = States[name] as StateJson;
    const inner = branchesOf(state).map(walk);
    transitions += 1 + inner.reduce((n, branch) => n + branch.transitions, 0);
    events += EVENTS[state.Type as string] ?? 2;
    events += inner.reduce((n, branch) => n + branch.events, 0);
    const ways: (string | undefined)[] = [
      state.Next,
      state.Default,
      ...((state.Choices as StateJson[]) ?? []).map((rule) => rule.Next),
    ] as string[];
    name = ways.find((way) => way !== undefined && !seen.has(way));
  }
  return { transitions, events };
}

/** Entered and exited; a Task is scheduled, started, submitted and succeeds besides; a Parallel starts and succeeds. */
const EVENTS: { readonly [type: string]: number } = { Task: 6, Parallel: 4, Map: 4 };

function branchesOf(state: StateJson): ScopeJson[] {
  return ((state.Branches as unknown as ScopeJson[]) ?? []).concat((state.ItemProcessor as unknown as ScopeJson) ?? []);
}
