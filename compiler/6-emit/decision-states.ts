import type { Choice, ChoiceRule, Parallel, State } from '../../asl/language/types.ts';
import { standsAsTest, type Translated } from '../../authoring/internal.ts';
import type { DecisionItem, Scope } from '../5-outcomes/outcomes.ts';
import type { Emission } from './emission.ts';
import { inOrder, type NamedStates } from './field-order.ts';
import { commentText, computed, literal, literals } from './jsonata-text.ts';
import { jsonataOf } from './resolve.ts';
import { type Source, type Transition, toState, transition } from './transition.ts';

/**
 * The states of a branch or a short circuit: a Choice where it can. A Choice cannot catch, so that a decision which can fail while
 * something still has to run is made in a one-branch Parallel, which can.
 */
export function decisionStates(e: Emission, item: DecisionItem, scope: Scope): NamedStates {
  const { model } = e.graph.tasks.get(item.id)!;
  const comment = model.description === undefined ? {} : { Comment: commentText(model.description) };
  const made = model.decision?.kind === 'computed' ? computedStates(e, item, scope) : caseStates(e, item, scope);
  return { ...made, [item.id]: inOrder<State>({ ...(made[item.id] as State), ...comment }) };
}

/** A branch of cases, or a short circuit: the first case whose condition holds. */
function caseStates(e: Emission, item: DecisionItem, scope: Scope): NamedStates {
  const tests = item.cases.flatMap(({ when }) => when ?? []);
  const conditions = tests.map((when) => jsonataOf(when, e.wordsOf(item.id)));
  if (conditions.length === 0)
    return { [item.id]: inOrder({ Type: 'Pass', ...onward(e, item, 0, { scope, canEnd: true }) }) };
  if (!item.failed) return { [item.id]: choice(e, item, scope, conditions) };
  const numbered = conditions
    .map((text, i) => `${standsAsTest(tests[i] as Translated) ? text : `(${text})`} ? ${i} : `)
    .join('');
  const choiceStep = e.names.stepOf(item.id, 'way');
  return {
    [item.id]: inParallel(e, item, scope, `${numbered}${conditions.length}`, {
      Output: computed('$states.result[0]'),
      Next: choiceStep,
    }),
    [choiceStep]: choice(
      e,
      item,
      scope,
      conditions.map((_, i) => `$states.input = ${i}`),
    ),
  };
}

function choice(e: Emission, item: DecisionItem, scope: Scope, conditions: readonly string[]): Choice {
  const edges = item.cases.map((_, i) => onward(e, item, i, { scope, canEnd: false }));
  const { Next: Default, ...last } = edges.at(-1) as Transition;
  return inOrder({
    Type: 'Choice',
    Choices: conditions.map((condition, i): ChoiceRule => ({ Condition: computed(condition), ...edges[i] })),
    Default: Default as string,
    ...last,
  });
}

/** A branch that computes what it chooses: first that it is allowed, then what of it is skipped. */
function computedStates(e: Emission, item: DecisionItem, scope: Scope): NamedStates {
  const { when, chosen } = item.cases[0] as { readonly when: Translated; readonly chosen: readonly string[] };
  const value = jsonataOf(when, e.wordsOf(item.id));
  // In a list, for a single null alone counts as none.
  const wrong = `[(${listOf(value)})[$not($ in ${literals(chosen)})]]`;
  const failure = {
    error: 'Branch.UnknownTask',
    cause: `${item.id} chose something that is not right downstream of it`,
  };
  const asserted = `($chosen := ${listOf(value)}; $assert($exists(${value}) and $count([$chosen[$not($ in ${literals(chosen)})]]) = 0, ${literal(failure.cause)}); $chosen)`;
  const lets = (task: string) => chosen.filter((one) => e.outcomes.semantics.goesOn(item.id, task, one));
  const choosing = (text: string) => ({ scope, choice: { chosen: text, lets } });
  if (!item.failed) {
    const { Assign, ...rest } = onward(e, item, 0, { ...choosing(asserted), canEnd: true });
    // The choice is checked where nothing of it is kept, too.
    const checked = Assign === undefined && rest.Output === undefined ? { Output: computed(`(${asserted}; {})`) } : {};
    return { [item.id]: inOrder({ Type: 'Pass', ...(Assign !== undefined && { Assign }), ...checked, ...rest }) };
  }
  // Where no record of the failure is kept, a Choice would end alike whether the decision failed or chose nothing.
  if (when.pieces.length === 1 && e.outcomes.isRecorded(item.id, 'failed')) {
    const { Next: Default, ...taken } = onward(e, item, 0, { ...choosing(listOf(value)), canEnd: false });
    const rule = {
      Condition: computed(`$not($exists(${value})) or $count(${wrong}) > 0`),
      ...toState(e, item.failed, { scope, failure }),
    };
    return {
      [item.id]: inOrder({ Type: 'Choice', Choices: [rule], Default: Default as string, ...taken }),
    };
  }
  return {
    [item.id]: inParallel(
      e,
      item,
      scope,
      asserted,
      onward(e, item, 0, { ...choosing('$states.result[0]'), canEnd: true }),
    ),
  };
}

/** A list of one id or of several, whether the value is the one or the other. */
function listOf(value: string): string {
  return `[${value}]`;
}

/** Evaluates something where it can be caught, and hands it on as the Parallel's result. */
function inParallel(e: Emission, item: DecisionItem, scope: Scope, value: string, behind: Transition): Parallel {
  const step = e.names.stepOf(item.id, 'decide');
  return inOrder({
    Type: 'Parallel',
    ...behind,
    Catch: [{ ErrorEquals: ['States.ALL'], ...toState(e, item.failed!, { scope }) }],
    Branches: [{ StartAt: step, States: { [step]: inOrder({ Type: 'Pass', Output: computed(value), End: true }) } }],
  });
}

/** An edge, with the task's output where another task reads it: a branch the ids that it chose, a short circuit whether it went on. */
function onward(e: Emission, item: DecisionItem, index: number, source: Omit<Source, 'fresh'>): Transition {
  const { edge, chosen } = item.cases[index] as DecisionItem['cases'][number];
  const isTest = e.graph.tasks.get(item.id)!.model.decision?.kind === 'test';
  const answer = source.choice?.chosen ?? (isTest ? String(index === 0) : literals(chosen));
  const fresh = (task: string) => (task === item.id ? { text: answer } : undefined);
  const { Assign, ...rest } = transition(e, edge, { ...source, fresh });
  const variable = e.outputs.assignedIn(item.id, source.scope.path);
  const kept = variable !== undefined && edge.target?.to !== 'exit' ? { [variable]: computed(answer) } : {};
  const all = { ...kept, ...Assign };
  return { ...(Object.keys(all).length > 0 && { Assign: all }), ...rest };
}
