import { type Diagnostic, diagnose, type Place } from '../diagnostics/index.ts';
import { type Decision, decisionTargets } from './decision.ts';
import { durationMs } from './duration.ts';
import type { TaskModel } from './model.ts';
import type { Placed, Placer } from './placer.ts';
import { isReference, reference } from './reference.ts';
import type { DefaultArgs, TeardownSpec } from './task.ts';
import { type Template, template } from './template.ts';
import { TRIGGER_RULES } from './trigger-rule.ts';

/** Airflow's `retry_delay` where nobody says one. */
const RETRY_DELAY = 300;

/** A placed task as plain data, the DAG's defaults filled in; what is wrong with it is added to the faults. */
export function taskModel(
  id: string,
  { kind, work, spec: own, brought, place }: Placed,
  placer: Placer,
  upstreams: readonly string[],
  defaults: DefaultArgs,
  faults: Diagnostic[],
): TaskModel {
  const spec: TeardownSpec = { ...defaults, ...own };
  const ms = (value: unknown, field: string) => checkedMs(value, field, id, place, faults);
  const wrong = (field: string, wanted: string) =>
    faults.push(diagnose('DAG006', { id, field, wanted }, { task: id, place }));
  const retries = spec.retries ?? 0;
  if (!Number.isInteger(retries) || retries < 0) wrong('retries', 'a whole number from 0');
  if (spec.triggerRule !== undefined && !TRIGGER_RULES.includes(spec.triggerRule))
    wrong('triggerRule', `one of ${TRIGGER_RULES.join(', ')}`);
  const decision = work.decide && placer.collecting(work.decide);
  const setups = (own.setups ?? []).map((setup) => setup.id).sort();
  return Object.freeze({
    id,
    kind,
    template: work.template ?? decisionTemplate(kind, decision),
    decision,
    upstreams: [...new Set([...upstreams, ...setups])].sort(),
    setups,
    brought,
    onFailureFailDagrun: spec.onFailureFailDagrun ?? false,
    // A decision that could not be made would not be made a second time either.
    retries: work.decide ? 0 : retries,
    retryDelayMs: ms(spec.retryDelay ?? RETRY_DELAY, 'retryDelay') ?? 0,
    retryExponentialBackoff: spec.retryExponentialBackoff ?? false,
    maxRetryDelayMs: ms(spec.maxRetryDelay, 'maxRetryDelay'),
    retryJitter: spec.retryJitter ?? false,
    executionTimeoutMs: work.decide ? undefined : ms(spec.executionTimeout, 'executionTimeout'),
    triggerRule: spec.triggerRule ?? 'all_success',
    skipOn: work.decide ? [] : (spec.skipOn ?? []),
    estimateMs: estimateOf(spec.estimate, ms),
    description: spec.docMd,
    place,
  });
}

/** Whole milliseconds of a duration that a user gave; what is none is a fault. */
export function checkedMs(
  value: unknown,
  field: string,
  id: string,
  place: Place | undefined,
  faults: Diagnostic[],
): number | undefined {
  if (value === undefined) return undefined;
  const ms = isReference(value) ? undefined : durationMs(value);
  if (ms === undefined) {
    const wanted = "a number of seconds or a text such as '90s', '15m', '2h', '1d', known when the DAG is compiled";
    faults.push(diagnose('DAG006', { id, field, wanted }, { task: id, place }));
  }
  return ms;
}

function estimateOf(
  estimate: TeardownSpec['estimate'],
  ms: (value: unknown, field: string) => number | undefined,
): TaskModel['estimateMs'] {
  if (estimate === undefined) return undefined;
  const [least, most] = Array.isArray(estimate) ? estimate : [estimate, estimate];
  return [ms(least, 'estimate') ?? 0, ms(most, 'estimate') ?? 0];
}

/** A decision calls no service; what it reads is a dependency all the same. */
function decisionTemplate(kind: string, decision: Decision | undefined): Template {
  const reads = decision ? decisionTargets(decision).map((target) => reference(target, true)) : [];
  return template({
    service: 'dag',
    kind: kind === 'branch' ? 'dag.branch' : 'dag.shortCircuit',
    lower: () => ({ start: '', states: { '': { Type: 'Choice', reads } } }),
    permissions: () => [],
  });
}
