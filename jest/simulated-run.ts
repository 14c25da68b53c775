import type { Visit } from '../asl/history/visit.ts';
import { Visits } from '../asl/history/visits.ts';
import type { ExecutionStatus, HistoryEvent, Json, TaskCall } from '../asl/index.ts';
import { findState, walkStates } from '../asl/language/states.ts';
import type { StateMachine } from '../asl/language/types.ts';
import type { Simulation } from '../local/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { endStates, type TaskEnd } from '../report/end-states.ts';
import { onlyCallerIn } from '../simulate/mocks/choose-mocks.ts';

/** One call of a task. */
export interface Call {
  /** Of a task of a DAG that is one call, the task's id, whether it is tried again or not; else the state that calls. */
  readonly state: string;
  readonly resource: string;
  readonly arguments: Json;
  /** 0 for the first attempt of an entry into the state. */
  readonly attempt: number;
}

/**
 * How a simulation went: what the matchers look at.
 *
 * @example
 * ```ts
 * const run = await simulate(dag);
 * run.tasks.filter(({ state }) => state === 'failed').map(({ task }) => task);
 * ```
 */
export class SimulatedRun {
  readonly status: ExecutionStatus;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Virtual time from start to end. */
  readonly seconds: number;
  /** GetExecutionHistory's. */
  readonly events: readonly HistoryEvent[];
  /** Every call of a task, in order. */
  readonly calls: readonly Call[];
  /** How each task of the DAG stands at the end, in Airflow's words; empty where the machine was not compiled from a DAG. */
  readonly tasks: readonly TaskEnd[];
  /** Each stay in a state, in the order in which they began. */
  readonly visits: readonly Visit[];
  readonly #states: ReadonlyMap<string, readonly string[]>;

  constructor(
    simulation: Simulation,
    machine: StateMachine,
    manifest: Manifest | undefined,
    calls: readonly TaskCall[],
  ) {
    this.status = simulation.status;
    this.output = simulation.output;
    this.error = simulation.error;
    this.cause = simulation.cause;
    this.seconds = simulation.seconds;
    this.events = simulation.events;
    const named = callersOf(machine, manifest);
    this.calls = calls.map(({ state, resource, arguments: given, attempt }) => ({
      state: named.get(state) ?? state,
      resource,
      arguments: given,
      attempt,
    }));
    const visits = new Visits();
    for (const event of simulation.events) visits.add(event);
    this.visits = visits.all;
    const stoppedAt = simulation.events.at(-1)?.timestamp ?? 0;
    this.tasks =
      manifest === undefined ? [] : endStates({ manifest, visits: visits.all, status: simulation.status, stoppedAt });
    this.#states = new Map([
      ...[...walkStates(machine)].map(({ name }) => [name, [name]] as const),
      ...(manifest?.tasks ?? []).map(({ id, states }) => [id, states] as const),
    ]);
  }

  /** The names of all states, and of all tasks where there are any. */
  get names(): readonly string[] {
    return [...this.#states.keys()];
  }

  /**
   * The states that a name stands for: a state, or a task of the DAG with all its states.
   *
   * @example
   * ```ts
   * const run = await simulate(dag);
   * run.statesOf('cluster'); // ['cluster'], or more where the task is several states
   * ```
   */
  statesOf(name: string): readonly string[] | undefined {
    return this.#states.get(name);
  }

  /**
   * The stays in the state that has the name; of a task whose work is several states, in the first of them. The children of a
   * distributed Map have histories of their own and are not here.
   *
   * @example
   * ```ts
   * const run = await simulate(dag);
   * run.visitsOf('load').length; // how often the state was entered
   * ```
   */
  visitsOf(name: string): readonly Visit[] {
    const [head] = this.#states.get(name) ?? [];
    return this.visits.filter(({ state }) => state === head);
  }
}

/** The tasks that are one call, by the state that makes it: one that is tried again has further states for when its job is given up. */
function callersOf(machine: StateMachine, manifest: Manifest | undefined): ReadonlyMap<string, string> {
  const callers = (manifest?.tasks ?? []).map(({ id }) => [onlyCallerIn(findState(machine, id)), id] as const);
  return new Map(callers.flatMap(([caller, id]) => (caller === undefined ? [] : [[caller, id] as const])));
}
