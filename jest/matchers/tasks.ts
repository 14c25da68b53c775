import { jsonFault } from '../../asl/json/fault.ts';
import type { TaskState } from '../../report/end-states.ts';
import type { SimulatedRun } from '../simulated-run.ts';
import { ending, type MatcherResult, quoted, result, runOf, suggestion, takes, tasksNow } from './matcher.ts';

const STATES: readonly string[] = [
  'success',
  'failed',
  'upstream_failed',
  'skipped',
  'aborted',
  'not_run',
  'left_out',
] satisfies readonly TaskState[];

export function toHaveTaskState(received: unknown, task: string, state: TaskState): MatcherResult {
  const run = runOf(received);
  const now = stateOf(run, task);
  checkState(state);
  return result(now === state, quoted(task), `to have ended ${state}; it ended ${now}`, tasksNow(run), ending(run));
}

export function toHaveTaskStates(received: unknown, states: { readonly [task: string]: TaskState }): MatcherResult {
  const run = runOf(received);
  takes(
    jsonFault(states) === undefined && typeof states === 'object' && states !== null && !Array.isArray(states),
    'an object of states by the id of a task',
    states,
  );
  const wrong = Object.entries(states).flatMap(([task, state]) => {
    checkState(state);
    const now = stateOf(run, task);
    return now === state ? [] : [`  ${task}: expected ${state}, ended ${now}`];
  });
  const shown = wrong.length > 0 ? [wrong.join('\n')] : [];
  return result(wrong.length === 0, 'the tasks', 'to have ended as given', ...shown, tasksNow(run), ending(run));
}

export function toHaveSkipped(received: unknown, task: string): MatcherResult {
  const run = runOf(received);
  const now = stateOf(run, task);
  return result(now === 'skipped', quoted(task), `to have been skipped; it ended ${now}`, tasksNow(run), ending(run));
}

function stateOf(run: SimulatedRun, task: string): TaskState {
  takes(typeof task === 'string', 'the id of a task as a text', task);
  if (run.tasks.length === 0)
    throw new Error(
      'The machine was not compiled from a DAG, so it has states and no tasks: ask toHaveRun, or simulate the DAG or its folder in dist/.',
    );
  const found = run.tasks.find((end) => end.task === task);
  if (found !== undefined) return found.state;
  const names = run.tasks.map((end) => end.task);
  throw new Error(`The DAG has no task ${quoted(task)}. ${suggestion(task, names)}`);
}

function checkState(state: string): void {
  takes(typeof state === 'string', `a state of a task, one of ${STATES.join(', ')},`, state);
  if (STATES.includes(state)) return;
  throw new Error(`A task never ends ${quoted(state)}. ${suggestion(state, STATES)}`);
}
