import type { Json } from '../../asl/json/value.ts';
import type { Catcher, Choice, Fail, Pass, Retrier, State, Succeed, Task } from '../../asl/language/types.ts';
import type { Fragment, FragmentState, TaskModel } from '../../authoring/internal.ts';
import type { Scope, TaskItem } from '../5-outcomes/outcomes.ts';
import type { Emission } from './emission.ts';
import { inOrder, type NamedStates } from './field-order.ts';
import { commentText, computed } from './jsonata-text.ts';
import type { Parts } from './output-liveness.ts';
import { fieldText, resolve } from './resolve.ts';
import { objectText, type Transition, toState, transition } from './transition.ts';

/** A state that goes on by `Next` or ends by `End`. */
type OnwardState = Exclude<State, Choice | Succeed | Fail>;
type Robust = Pick<Task, 'Retry' | 'Catch'>;

/** The states of a task: one, several in a row, or several within a one-branch Parallel that retries and catches for them. */
export function taskStates(e: Emission, item: TaskItem, scope: Scope): NamedStates {
  const { model } = e.graph.tasks.get(item.id)!;
  const fragment = e.fragmentOf(item.id);
  const steps = Object.entries(fragment.states);
  const comment = model.description === undefined ? {} : { Comment: commentText(model.description) };
  const result = resultIn(fragment);
  const behind = onward(e, item, scope, e.isWrapped(item.id) ? '$states.result[0]' : result);
  if (steps.length === 1) {
    const [, state] = steps[0] as (typeof steps)[number];
    const timeout =
      model.executionTimeoutMs !== undefined && state.Type === 'Task'
        ? { TimeoutSeconds: seconds(model.executionTimeoutMs) }
        : {};
    const { End: _, ...own } = resolve(state, e.wordsOf(item.id)) as unknown as OnwardState;
    const handled = robust(e, item, scope, 'Retry' in own ? own.Retry : undefined);
    return { [item.id]: inOrder<State>({ ...comment, ...timeout, ...own, ...behind, ...handled }) };
  }
  const inner = (ending: Transition) =>
    Object.fromEntries(
      steps.map(([step, state]) => [e.names.stepOf(item.id, step), stepState(e, item.id, state, ending)]),
    );
  if (!e.isWrapped(item.id)) {
    const states = inner(behind);
    const entry = e.names.stepOf(item.id, fragment.start);
    return { ...states, [entry]: inOrder<State>({ ...comment, ...(states[entry] as State) }) };
  }
  // Its result stays inside unless somebody reads it.
  const handed = fragment.output === undefined ? {} : { Output: computed(result) };
  const ending: Transition = { ...(e.outputs.isRead(item.id) ? handed : { Output: {} }), End: true };
  const branch = { StartAt: e.names.stepOf(item.id, fragment.start), States: inner(ending) };
  return {
    [item.id]: inOrder({ Type: 'Parallel', ...comment, ...behind, ...robust(e, item, scope), Branches: [branch] }),
  };
}

/** A state of a fragment: steps become names, and its ends go on as the task does. */
function stepState(e: Emission, task: string, state: FragmentState, ending: Transition): State {
  const named = withNames(resolve(state, e.wordsOf(task)) as unknown as State, (step) => e.names.stepOf(task, step));
  if (named.Type === 'Succeed')
    return 'End' in ending ? inOrder(named) : inOrder<Pass>({ ...named, ...ending, Type: 'Pass' });
  if (!('End' in named)) return inOrder(named);
  const { End, ...own } = named;
  return inOrder<State>(End === true ? { ...own, ...ending } : own);
}

function withNames(state: State, nameOf: (step: string) => string): State {
  const named = <Rule extends { readonly Next?: string }>(rule: Rule): Rule =>
    rule.Next === undefined ? rule : { ...rule, Next: nameOf(rule.Next) };
  if (state.Type === 'Choice') {
    const { Default, Choices } = state;
    return { ...state, ...(Default !== undefined && { Default: nameOf(Default) }), Choices: Choices.map(named) };
  }
  if (state.Type === 'Succeed' || state.Type === 'Fail') return state;
  return { ...named(state), ...('Catch' in state && state.Catch && { Catch: state.Catch.map(named) }) };
}

/** Where the task goes on when it succeeded, and what it keeps of its result. */
function onward(e: Emission, item: TaskItem, scope: Scope, result: string): Transition {
  const isExit = item.next.target?.to === 'exit';
  const kept = e.outputs.isRead(item.id)
    ? resultOf(isExit ? e.outputs.partsBeyond(item.id, scope.path) : e.outputs.parts(item.id), result)
    : undefined;
  const fresh = (task: string) => (task === item.id ? kept : undefined);
  const { Assign, ...rest } = transition(e, item.next, { scope, canEnd: true, fresh });
  const variable = e.outputs.assignedIn(item.id, scope.path);
  const all = { ...(kept && variable !== undefined && { [variable]: kept.json }), ...Assign };
  return { ...(Object.keys(all).length > 0 && { Assign: all }), ...rest };
}

/** The part of a task's result that somebody reads, as JSON and as JSONata. */
function resultOf(parts: Parts, result: string): { json: Json; text: string } {
  if (parts === 'whole') return { json: computed(result), text: result };
  const text = objectText(parts.names, result);
  // A field of the JSON that is not there would fail the task.
  if (parts.optional) return { json: computed(text), text };
  return {
    json: Object.fromEntries(parts.names.map((field) => [field, computed(`${result}${fieldText(field)}`)])),
    text,
  };
}

/** Where a fragment's last state finds the task's output: a call answers it, what ends a fragment otherwise was given it. */
function resultIn({ states, output }: Fragment): string {
  const ends = Object.values(states).filter(({ Type, End }) => End === true || Type === 'Succeed');
  const answer = ends.some(({ Type }) => Type === 'Task') ? '$states.result' : '$states.input';
  if (output === undefined) return answer;
  return output.startsWith('$') ? output : `${answer}${fieldText(output)}`;
}

/** Retries, and what a failure leads to. What a call itself advises to try again (`own`) comes before the user's, after what is never tried again. */
function robust(e: Emission, item: TaskItem, scope: Scope, own: readonly Retrier[] = []): Robust {
  const { model } = e.graph.tasks.get(item.id)!;
  const never = [...model.skipOn, ...(e.fragmentOf(item.id).neverRetriedOn ?? [])];
  const retry: Retrier[] = [
    ...(never.length > 0 ? [{ ErrorEquals: never, MaxAttempts: 0 }] : []),
    ...own,
    ...(model.retries > 0 ? [retrier(model)] : []),
  ];
  const caught = (errors: readonly string[], edge: NonNullable<TaskItem['failed']>): Catcher => ({
    ErrorEquals: errors,
    ...toState(e, edge, { scope }),
  });
  const catchers = [
    ...(item.skipped ? [caught(model.skipOn, item.skipped)] : []),
    ...(item.failed ? [caught(['States.ALL'], item.failed)] : []),
  ];
  const retries = model.retries > 0 || own.length > 0;
  return { ...(retries && { Retry: retry }), ...(catchers.length > 0 && { Catch: catchers }) };
}

function retrier(model: TaskModel): Retrier {
  return {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: Math.max(1, seconds(model.retryDelayMs)),
    MaxAttempts: model.retries,
    BackoffRate: model.retryExponentialBackoff ? 2 : 1,
    ...(model.retryExponentialBackoff &&
      model.maxRetryDelayMs !== undefined && { MaxDelaySeconds: seconds(model.maxRetryDelayMs) }),
    ...(model.retryJitter && { JitterStrategy: 'FULL' }),
  };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
