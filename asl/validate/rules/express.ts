import { LIMITS } from '../../language/limits.ts';
import { readResource } from '../../services/index.ts';
import type { StateNode } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
export const express: Rule = {
  purpose: 'An Express workflow runs no jobs, waits for no tokens, has no activities and no distributed Maps.',
  check({ root, states }, report, options) {
    if (options.express && typeof root.TimeoutSeconds === 'number')
      tooLong(root.TimeoutSeconds, '/TimeoutSeconds', report);
    for (const state of states) if (options.express || withinExpress(state)) checkState(state, report);
  },
};

/** The children of a distributed Map may be Express executions within a Standard one. */
function withinExpress({ scope }: StateNode): boolean {
  const config = scope.json.ProcessorConfig as { readonly ExecutionType?: unknown } | undefined;
  return scope.distributed === true && config?.ExecutionType === 'EXPRESS';
}

function checkState({ json, path, type, inner }: StateNode, report: Report): void {
  if (type === 'Map' && inner.some(({ distributed }) => distributed === true))
    report('ASL090', { what: 'distributed Maps' }, path);
  if (type === 'Wait' && typeof json.Seconds === 'number') tooLong(json.Seconds, `${path}/Seconds`, report);
  if (type !== 'Task' || typeof json.Resource !== 'string') return;
  const read = readResource(json.Resource);
  const what =
    read.kind === 'activity'
      ? 'activities'
      : read.kind === 'integration' && read.pattern !== 'request'
        ? `the integration pattern .${read.pattern}`
        : undefined;
  if (what !== undefined) report('ASL090', { what }, `${path}/Resource`);
}

function tooLong(seconds: number, path: string, report: Report): void {
  if (seconds > LIMITS.expressSeconds) report('ASL091', { seconds, most: LIMITS.expressSeconds }, path);
}
