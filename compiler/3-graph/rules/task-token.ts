import { isTaskToken } from '../../../authoring/internal.ts';
import { type Diagnostic, diagnose } from '../../../diagnostics/index.ts';
import { walkValues } from '../../2-lower/values.ts';
import type { DraftTask } from '../graph.ts';
import type { GraphRule } from './index.ts';

/** A task token is used only in the parameters of the call that waits for it, and each such call passes it on. */
export const taskToken: GraphRule = ({ model, tasks }) =>
  [...tasks.values()].flatMap((task) => [...ofTokens(task), ...ofTimes(task, model.dagrunTimeoutMs)]);

/** The Resources of a task's calls that wait for a token. */
function callbacksOf({ fragment }: DraftTask): string[] {
  return Object.values(fragment?.states ?? {}).flatMap(({ Resource }) =>
    typeof Resource === 'string' && Resource.endsWith('.waitForTaskToken') ? [Resource] : [],
  );
}

function ofTokens(task: DraftTask): Diagnostic[] {
  const {
    model: { id, place },
    fragment,
    reads,
  } = task;
  // Most tasks have nothing to do with tokens.
  if (!reads.some(isTaskToken) && callbacksOf(task).length === 0) return [];
  const at = { task: id, place };
  const holds = (value: unknown) => walkValues(value, '', {}).reads.some(isTaskToken);
  // Written as in Step Functions, `$$.Task.Token`, which DAG155 reports.
  const isWritten = (value: unknown) =>
    walkValues(value, '', {}).faults.some(({ code, message }) => code === 'DAG155' && /\bTask\.Token\b/.test(message));
  return Object.values(fragment?.states ?? {}).flatMap(({ Resource, Arguments, ...rest }) => {
    const isCallback = typeof Resource === 'string' && Resource.endsWith('.waitForTaskToken');
    const elsewhere = holds(rest) || (!isCallback && Arguments !== undefined && holds(Arguments));
    const call = isCallback ? Resource.replace(/^.*:::/, '').replace(/^aws-sdk:|\.\w+$/g, '') : '';
    return [
      ...(elsewhere ? [diagnose('DAG119', { task: id }, at)] : []),
      ...(isCallback && !holds(Arguments ?? null) && !isWritten(Arguments ?? null)
        ? [diagnose('DAG120', { task: id, call }, at)]
        : []),
    ];
  });
}

/** How long whoever has the token may be silent. */
function ofTimes(task: DraftTask, dagrunTimeoutMs: number | undefined): Diagnostic[] {
  const { id, place, heartbeatMs, executionTimeoutMs } = task.model;
  const at = { task: id, place };
  const waits = callbacksOf(task).length > 0;
  if (heartbeatMs === undefined) {
    const endless = executionTimeoutMs === undefined && dagrunTimeoutMs === undefined;
    return waits && endless ? [diagnose('DAG121', { task: id }, at)] : [];
  }
  const seconds = (ms: number) => Math.ceil(ms / 1000);
  if (!waits) {
    const detail = 'has no effect: the task waits for no task token';
    const instead =
      "Leave it out, or call with `pattern: 'callback'`; how long a task may take is its `executionTimeout`.";
    return [diagnose('DAG122', { task: id, detail, instead }, at)];
  }
  if (executionTimeoutMs === undefined || seconds(heartbeatMs) < seconds(executionTimeoutMs)) return [];
  const detail = `(${seconds(heartbeatMs)} s) is not below its executionTimeout (${seconds(executionTimeoutMs)} s)`;
  return [
    diagnose('DAG122', { task: id, detail, instead: 'Write a shorter heartbeat, or a longer executionTimeout.' }, at),
  ];
}
