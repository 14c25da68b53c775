import type { Json } from '../../asl/json/value.ts';
import type { Fragment, TaskModel } from '../../authoring/internal.ts';
import type { Scope, TaskItem } from '../5-outcomes/outcomes.ts';
import type { Emission } from './emission.ts';
import { commentText, computed } from './jsonata-text.ts';
import type { Parts } from './live-outputs.ts';
import { inOrder, type StateJson } from './order-fields.ts';
import { fieldText, resolve } from './resolve.ts';
import { objectText, transition } from './transition.ts';

export type StatesJson = { readonly [name: string]: StateJson };
type Fields = { readonly [field: string]: Json | undefined };

/** The states of a task: one, several in a row, or several within a one-branch Parallel that retries and catches for them. */
export function taskStates(e: Emission, item: TaskItem, scope: Scope): StatesJson {
  const { model } = e.graph.tasks.get(item.id)!;
  const fragment = e.fragmentOf(item.id);
  const steps = Object.entries(fragment.states);
  const comment = model.description === undefined ? {} : { Comment: commentText(model.description) };
  const behind = onward(e, item, scope, e.isWrapped(item.id) ? '$states.result[0]' : resultIn(fragment));
  if (steps.length === 1) {
    const [, state] = steps[0] as (typeof steps)[number];
    const timeout =
      model.executionTimeoutMs !== undefined && state.Type === 'Task'
        ? { TimeoutSeconds: seconds(model.executionTimeoutMs) }
        : {};
    const { End, ...own } = resolve(state, e.wordsOf(item.id)) as { [field: string]: Json };
    return { [item.id]: inOrder({ ...comment, ...timeout, ...own, ...behind, ...robust(e, item, scope, own.Retry) }) };
  }
  const inner = (ending: Fields) =>
    Object.fromEntries(
      steps.map(([step, state]) => [e.names.stepOf(item.id, step), stepState(e, item.id, state, ending)]),
    );
  if (!e.isWrapped(item.id)) {
    const states = inner(behind);
    const entry = e.names.stepOf(item.id, fragment.start);
    return { ...states, [entry]: inOrder({ ...comment, ...states[entry] }) };
  }
  // Its result stays inside unless somebody reads it.
  const ending: Fields = e.outputs.isRead(item.id) ? { End: true } : { Output: {}, End: true };
  const branch = { StartAt: e.names.stepOf(item.id, fragment.start), States: inner(ending) };
  return {
    [item.id]: inOrder({ Type: 'Parallel', ...comment, ...behind, ...robust(e, item, scope), Branches: [branch] }),
  };
}

/** A state of a fragment: steps become names, and its ends go on as the task does. */
function stepState(e: Emission, task: string, state: { readonly [field: string]: unknown }, ending: Fields): StateJson {
  const named = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [
        key,
        (key === 'Next' || key === 'Default') && typeof v === 'string' ? e.names.stepOf(task, v) : v,
      ]),
    );
  };
  const { End, ...resolved } = resolve(state, e.wordsOf(task)) as { [field: string]: Json };
  const fields: { [field: string]: Json } = {};
  for (const [key, value] of Object.entries(resolved)) {
    if (key === 'Next' || key === 'Default') fields[key] = e.names.stepOf(task, value as string);
    else fields[key] = key === 'Catch' || key === 'Choices' ? named(value) : value;
  }
  if (fields.Type === 'Succeed') return inOrder('End' in ending ? fields : { ...fields, Type: 'Pass', ...ending });
  return inOrder(End === true ? { ...fields, ...ending } : fields);
}

/** Where the task goes on when it succeeded, and what it keeps of its result. */
function onward(e: Emission, item: TaskItem, scope: Scope, result: string): Fields {
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
function resultIn({ states }: Fragment): string {
  const ends = Object.values(states).filter(({ Type, End }) => End === true || Type === 'Succeed');
  return ends.some(({ Type }) => Type === 'Task') ? '$states.result' : '$states.input';
}

/** Retries, and what a failure leads to. What a call itself advises to try again (`own`) comes before the user's, after what is never tried again. */
function robust(e: Emission, item: TaskItem, scope: Scope, own: Json | undefined = []): Fields {
  const { model } = e.graph.tasks.get(item.id)!;
  const never = [...model.skipOn, ...(model.kind === 'setup' ? (model.template.notRetriedOn ?? []) : [])];
  const retry: Json[] = [
    ...(never.length > 0 ? [{ ErrorEquals: never, MaxAttempts: 0 }] : []),
    ...(own as readonly Json[]),
    ...(model.retries > 0 ? [retrier(model)] : []),
  ];
  const caught = (errors: readonly string[], way: NonNullable<TaskItem['failed']>): Json => {
    const { Assign, Output, Next } = transition(e, way, { scope, canEnd: false });
    return {
      ErrorEquals: errors,
      ...(Assign && { Assign }),
      ...(Output !== undefined && { Output }),
      Next: Next as string,
    };
  };
  const catchers = [
    ...(item.skipped ? [caught(model.skipOn, item.skipped)] : []),
    ...(item.failed ? [caught(['States.ALL'], item.failed)] : []),
  ];
  const retries = model.retries > 0 || (own as readonly Json[]).length > 0;
  return { ...(retries && { Retry: retry }), ...(catchers.length > 0 && { Catch: catchers }) };
}

function retrier(model: TaskModel): Json {
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
