import type { TriggerRule } from '../airflow/trigger-rules.ts';
import type { Diagnostic, Place } from '../diagnostics/index.ts';
import type { DagBuilder, Link, PlacedTask } from './dag-builder.ts';
import { type Decision, decisionTargets } from './decision.ts';
import type { EnvDeclarations, ParamDeclarations } from './declarations.ts';
import { type Duration, durationMs } from './duration.ts';
import { unmarked } from './foreign-syntax.ts';
import { reference } from './reference.ts';
import type { AnyTask, DefaultArgs, TeardownSpec } from './task.ts';
import { type Template, template } from './template.ts';

/** A DAG as plain data: what the compiler reads. Nothing in it is resolved or checked yet, but what the authoring API refused at once. */
export interface DagModel {
  readonly id: string;
  readonly description: string | undefined;
  readonly schedule: string | null;
  readonly timezone: string | undefined;
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly catchup: boolean;
  readonly tags: readonly string[];
  readonly dagrunTimeoutMs: number | undefined;
  readonly env: EnvDeclarations;
  readonly params: ParamDeclarations;
  /** In the order of their declaration, which means nothing. */
  readonly tasks: readonly TaskModel[];
  readonly groups: readonly GroupModel[];
  /** Dependencies with a group at an end: they are on its first or its last tasks. */
  readonly groupLinks: readonly Link[];
  /** That the run ends at the first failure, teardowns excepted. */
  readonly failFast: boolean;
  /** The names of the variables of its file, where it was read from one. */
  readonly names?: ReadonlySet<string>;
  /** What was wrong in what the user wrote, found while the file ran. */
  readonly faults: readonly Diagnostic[];
  readonly place: Place | undefined;
}

export interface GroupModel {
  readonly id: string;
  /** The tasks in it and in the groups within it. */
  readonly members: readonly string[];
  readonly place: Place | undefined;
}

export type TaskKind = 'task' | 'setup' | 'teardown' | 'branch' | 'short_circuit';

export interface TaskModel {
  readonly id: string;
  readonly kind: TaskKind;
  /** What runs it; a decision has one that only says what it reads. */
  readonly template: Template;
  /** Of a branch and a short circuit. */
  readonly decision: Decision | undefined;
  /** The ids that `after`/`before`/`chain` gave it. References in its template add others. */
  readonly upstreams: readonly string[];
  /** Of a teardown: the setups whose work it undoes. */
  readonly setups: readonly string[];
  /** A teardown that a setup's template brought: it waits for every task that was given the setup's handle. */
  readonly brought: boolean;
  readonly onFailureFailDagrun: boolean;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly retryExponentialBackoff: boolean;
  readonly maxRetryDelayMs: number | undefined;
  readonly retryJitter: boolean;
  readonly executionTimeoutMs: number | undefined;
  readonly heartbeatMs: number | undefined;
  readonly triggerRule: TriggerRule;
  /** The trigger rule comes from the DAG's `defaultArgs`: the task itself has none. */
  readonly hasDefaultRule?: boolean;
  readonly skipOn: readonly string[];
  /** One duration, or the least and the most, in milliseconds. */
  readonly estimateMs: readonly [number, number] | undefined;
  readonly description: string | undefined;
  readonly place: Place | undefined;
}

/** Under this symbol a Dag gives its model: it holds across copies of the package. */
export const MODEL: unique symbol = Symbol.for('dagwright.model') as never;

/** Whether a name of a DAG's env is declared as a role's. */
export function isRole({ env }: Pick<DagModel, 'env'>, name: string): boolean {
  return Object.hasOwn(env, name) && env[name]!.kind === 'role';
}

/** Airflow's default `retry_delay`, in seconds. */
const RETRY_DELAY = 300;

/** A task as plain data, with the DAG's defaults filled in. Faults in its fields were reported when it was added. */
export function taskModel(
  id: string,
  { kind, work, spec: own, brought, place }: PlacedTask,
  builder: DagBuilder,
  upstreams: readonly string[],
  defaults: DefaultArgs,
): TaskModel {
  const spec: TeardownSpec = { ...defaults, ...own };
  const decision = work.decide && builder.collecting(work.decide, { task: id, place });
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
    ...(own.triggerRule === undefined && defaults.triggerRule !== undefined && { hasDefaultRule: true }),
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
