import { unmarked } from './checks/foreign-texts.ts';
import { type Decision, decisionTargets } from './decision.ts';
import { type Duration, durationMs } from './duration.ts';
import type { TaskModel } from './model.ts';
import type { Placed, Placer } from './placer.ts';
import { reference } from './reference.ts';
import type { AnyTask, DefaultArgs, TeardownSpec } from './task.ts';
import { type Template, template } from './template.ts';

/** Airflow's `retry_delay` where nobody says one. */
const RETRY_DELAY = 300;

/** A placed task as plain data, the DAG's defaults filled in. What is wrong with its fields was told where it was placed. */
export function taskModel(
  id: string,
  { kind, work, spec: own, brought, place }: Placed,
  placer: Placer,
  upstreams: readonly string[],
  defaults: DefaultArgs,
): TaskModel {
  const spec: TeardownSpec = { ...defaults, ...own };
  const decision = work.decide && placer.collecting(work.decide, { task: id, place });
  const setups = setupsOf(own)
    .map((setup) => setup.id)
    .sort();
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
    retries: work.decide ? 0 : (spec.retries ?? 0),
    retryDelayMs: ms(spec.retryDelay ?? RETRY_DELAY)!,
    retryExponentialBackoff: spec.retryExponentialBackoff ?? false,
    maxRetryDelayMs: ms(spec.maxRetryDelay),
    retryJitter: spec.retryJitter ?? false,
    executionTimeoutMs: work.decide ? undefined : ms(spec.executionTimeout),
    heartbeatMs: ms(spec.heartbeat),
    triggerRule: spec.triggerRule ?? 'all_success',
    skipOn: work.decide ? [] : (spec.skipOn ?? []),
    estimateMs: estimateOf(spec.estimate),
    description: unmarked(spec.docMd),
    place,
  });
}

function setupsOf({ setups = [] }: TeardownSpec): readonly AnyTask[] {
  return Array.isArray(setups) ? setups : [setups as AnyTask];
}

/** Whole milliseconds of a duration. */
function ms(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : durationMs(duration);
}

function estimateOf(estimate: TeardownSpec['estimate']): TaskModel['estimateMs'] {
  if (estimate === undefined) return undefined;
  const [least, most] = (Array.isArray(estimate) ? estimate : [estimate, estimate]) as readonly [Duration, Duration];
  return [durationMs(least)!, durationMs(most)!];
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
