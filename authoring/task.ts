import type { TriggerRule } from '../airflow/trigger-rules.ts';
import type { Duration } from './duration.ts';
import type { Template } from './template.ts';

/** A placed task, as dependencies see it. */
export interface AnyTask {
  readonly id: string;
  /** This task waits for those. Returns itself. */
  after(...tasks: Tasks): this;
  /** Those wait for this task. Returns itself. */
  before(...tasks: Tasks): this;
}
/** Tasks and lists of tasks, mixed. */
export type Tasks = readonly (AnyTask | readonly AnyTask[])[];

/** A task with its output's type: `ref.output.X` is a reference, and using it is a dependency. */
export interface TaskRef<out Output = unknown> extends AnyTask {
  readonly output: Output;
}

/** The options of a task, as in Airflow's TaskSpec. Defaults come from the DAG's `defaultArgs`, then from Airflow. */
export interface TaskSpec {
  /** Tries after the first. Default 0. */
  readonly retries?: number;
  /** Default 5 minutes. */
  readonly retryDelay?: Duration;
  /** Doubles the delay at each retry. Default false. */
  readonly retryExponentialBackoff?: boolean;
  readonly maxRetryDelay?: Duration;
  /** A random part of the delay, so that tasks which failed together do not come back together. Default false. */
  readonly retryJitter?: boolean;
  /** How long one try may take. Default: as long as it takes. */
  readonly executionTimeout?: Duration;
  /**
   * Of a call with `pattern: 'callback'`: the longest time between two signs of life (SendTaskHeartbeat) of whoever has its task token,
   * shorter than `executionTimeout`; after it the try has failed with States.HeartbeatTimeout. Default: no heartbeat is required.
   */
  readonly heartbeat?: Duration;
  /** Default `all_success`. */
  readonly triggerRule?: TriggerRule;
  /** Error names that end the task as skipped and not as failed. */
  readonly skipOn?: readonly string[];
  /** How long it takes: a duration, or the least and the most. The planner's guess where it is absent. */
  readonly estimate?: Duration | readonly [Duration, Duration];
  /** For whoever reads the generated files. Default: the doc comment above the declaration. */
  readonly docMd?: string;
}

/** The part of TaskSpec that `defaultArgs` may give. */
export type DefaultArgs = Pick<
  TaskSpec,
  | 'retries'
  | 'retryDelay'
  | 'retryExponentialBackoff'
  | 'maxRetryDelay'
  | 'retryJitter'
  | 'executionTimeout'
  | 'triggerRule'
  | 'skipOn'
>;

export interface TeardownSpec extends TaskSpec {
  /** The setup, or the setups, whose work it undoes. It runs if at least one of them succeeded, whatever failed in between. */
  readonly setups?: AnyTask | readonly AnyTask[];
  /** That its failure fails the run. Default false. */
  readonly onFailureFailDagrun?: boolean;
}

export interface ShortCircuitSpec extends TaskSpec {
  /** Whether everything downstream is skipped whatever its rules; else only what is directly downstream. Default true. */
  readonly ignoreDownstreamTriggerRules?: boolean;
}

/** What a handle is for. It distinguishes real handles from objects that only look like one. */
export interface HandleInfo {
  readonly kind: 'task' | 'group';
  /** What runs the task, where a template does. */
  readonly template?: Template | undefined;
}

const handles = new WeakMap<object, HandleInfo>();

export function registerHandle(handle: object, placing: HandleInfo): void {
  handles.set(handle, placing);
}

/** What was placed with the handle, in whichever DAG; undefined for anything else. */
export function handleInfo(value: unknown): HandleInfo | undefined {
  return typeof value === 'object' && value !== null ? handles.get(value) : undefined;
}

export function isTaskHandle(value: unknown): value is AnyTask {
  return handleInfo(value)?.kind === 'task';
}
