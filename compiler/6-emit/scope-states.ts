import { SUCCESS } from '../../airflow/end-state.ts';
import type { Json } from '../../asl/json/value.ts';
import { caughtStates, nextStates } from '../../asl/language/states.ts';
import type { Catcher, Choice, ChoiceRule, Parallel, State, States } from '../../asl/language/types.ts';
import { endsAt } from '../5-outcomes/certainty.ts';
import type { Item, ParallelItem, Scope, Target } from '../5-outcomes/outcomes.ts';
import { within } from '../5-outcomes/outcomes.ts';
import { decisionStates } from './decision-states.ts';
import type { Emission } from './emission.ts';
import { inOrder, type NamedStates } from './field-order.ts';
import { computed } from './jsonata-text.ts';
import { conditionText } from './record-conditions.ts';
import { fieldText } from './resolve.ts';
import { taskStates } from './task-states.ts';
import { nameOf, toState, transition } from './transition.ts';

/** A scope as ASL has it: guards, tasks and Parallels in plan order, the exit of a branch last. */
export function scopeStates(e: Emission, scope: Scope): States {
  const states: [name: string, state: State][] = [];
  const first = nameOf(e, scope.start.target as Target);
  const { Assign } = transition(e, scope.start, { scope, canEnd: false });
  const recording = `${first.slice(0, 70)}: before`;
  // Nothing can be assigned on the way into a branch: what did not run there is recorded by a state of its own.
  if (Assign) states.push([recording, inOrder({ Type: 'Pass', Assign, Next: first })]);
  for (const item of scope.items) {
    if (item.guard) states.push([e.names.guardOf(item), guardState(e, item, scope)]);
    states.push(...Object.entries(itemStates(e, item, scope)));
  }
  if (scope.path.length > 0) {
    const exit = e.names.exitOf(scope);
    if (states.some(([, state]) => leadsTo(state, exit))) states.push([exit, inOrder({ Type: 'Pass', End: true })]);
  }
  return { StartAt: Assign ? recording : first, States: Object.fromEntries(states) };
}

function itemStates(e: Emission, item: Item, scope: Scope): NamedStates {
  if (item.kind === 'task') return taskStates(e, item, scope);
  if (item.kind === 'decision') return decisionStates(e, item, scope);
  return { [e.names.of(item)]: parallelState(e, item, scope) };
}

function guardState(e: Emission, item: Item, scope: Scope): Choice {
  const Choices = (item.guard?.tests ?? []).map(
    (test): ChoiceRule => ({
      Condition: computed(conditionText(e, test, scope.path)),
      ...toState(e, test.edge, { scope }),
    }),
  );
  return inOrder({ Type: 'Choice', Choices, Default: nameOf(e, { to: 'state', item }) });
}

function parallelState(e: Emission, item: ParallelItem, scope: Scope): Parallel {
  const branchOf = (task: string) => item.branches.findIndex(({ path }) => within(e.outcomes.scopeOf(task), path));
  const brought = (task: string) => `$states.result[${branchOf(task)}]${fieldText(e.outputs.carriedAs(task))}`;
  const { Assign, ...rest } = transition(e, item.next, {
    scope,
    canEnd: true,
    fresh: (task) => (branchOf(task) >= 0 ? { text: brought(task) } : undefined),
    branches: item.branches,
  });
  const kept: { [name: string]: Json } = {};
  for (const task of e.outputs.read) {
    const branch = item.branches[branchOf(task)];
    const variable = e.outputs.assignedIn(task, scope.path);
    if (variable === undefined || !branch || !e.outputs.leaves(task, branch.path)) continue;
    const value = brought(task);
    kept[variable] = computed(
      endsAt(e.outcomes, item.next.known, task) === SUCCESS ? value : `$exists(${value}) ? ${value} : null`,
    );
  }
  const all = { ...Assign, ...kept };
  return inOrder({
    Type: 'Parallel',
    ...(Object.keys(all).length > 0 && { Assign: all }),
    ...rest,
    ...(item.failed && { Catch: [stopped(e, item, scope)] }),
    Branches: item.branches.map((branch) => scopeStates(e, branch)),
  });
}

/** A failure in a branch that stopped the others; which task it was, the error says. */
function stopped(e: Emission, item: ParallelItem, scope: Scope): Catcher {
  return { ErrorEquals: ['States.ALL'], ...toState(e, item.failed!, { scope, parallel: e.names.of(item) }) };
}

/** Whether a state can go on to another of its scope. */
export function leadsTo(state: State, name: string): boolean {
  return [...nextStates(state), ...caughtStates(state)].includes(name);
}
