import type { Inside } from '../history/position.ts';
import type { Json, JsonObject } from '../json/value.ts';
import type { ExpressionBounds } from '../jsonata/index.ts';
import type { QueryLanguage, State } from '../language/types.ts';
import { isoTimestamp } from './clocks.ts';
import { type Later, then } from './flow.ts';
import type { History, Trail } from './history.ts';
import type { InterpretOptions, Redrive, TaskHandler } from './options.ts';
import type { Probe } from './probe.ts';
import type { Scheduler } from './scheduler.ts';
import type { Scope } from './scope.ts';

/** One execution: the one that was asked for, or a distributed Map's child. */
export interface Run {
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly random: () => number;
  readonly tasks: TaskHandler;
  readonly language: QueryLanguage;
  readonly expressionBounds: ExpressionBounds | undefined;
  /** What the context object says of the execution and of its machine. */
  readonly execution: JsonObject;
  readonly stateMachine: JsonObject;
  readonly region: string;
  /** Who is told of Map runs and of child executions. */
  readonly watchers: Pick<InterpretOptions, 'onMapRun' | 'onChildExecution' | 'onChildEvent'>;
  /** Where it goes on with what was begun before. */
  readonly redrive: Redrive | undefined;
  /** The execution has its end: what is cancelled from now on leaves no trace in the history. */
  readonly over: boolean;
  readonly probe?: Probe;
}

/** The machine itself, a branch of a Parallel or an iteration of a Map, while it runs. */
export interface Branch {
  readonly run: Run;
  readonly trail: Trail;
  readonly scope: Scope;
}

/** One entry into a state. */
export interface Visit<S extends State = State> {
  readonly branch: Branch;
  readonly run: Run;
  readonly name: string;
  readonly state: S;
  readonly language: QueryLanguage;
  /** As the state before gave it. */
  readonly input: Json;
  /** The id of the event that says that the state was entered. */
  readonly enteredId: number;
  /** The id of the event that this one follows. */
  readonly enteredAfter: number;
  /** Milliseconds since the epoch. */
  readonly enteredAt: number;
  /** Retries so far; 0 in states that are not retried. */
  retryCount: number;
  /** For `.waitForTaskToken`, made anew for each attempt. */
  token: string | undefined;
  /** What had begun inside a Parallel or a Map that a redrive goes on with; taken by its first attempt. */
  inside: Inside | undefined;
}

/** What a state hands on, before it is known where to. */
export interface Shaped {
  readonly output: Json;
  readonly assigned?: JsonObject | undefined;
}

/** What a state answers when it is done. */
export interface Outcome extends Shaped {
  /** Where to go on; undefined at the end of the branch. */
  readonly next: string | undefined;
}

/** Hands on to the next state. */
export function goingTo(next: string | undefined, shaped: Later<Shaped>): Later<Outcome> {
  return then(shaped, ({ output, assigned }) => ({ output, assigned, next }));
}

const COUNTS_RETRIES: ReadonlySet<string> = new Set(['Task', 'Map']);

/**
 * The context object.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export function contextOf(visit: Visit, item?: JsonObject): JsonObject {
  const { run, name, enteredAt, state } = visit;
  const context: JsonObject = {
    Execution: run.execution,
    StateMachine: run.stateMachine,
    State: {
      Name: name,
      EnteredTime: isoTimestamp(enteredAt),
      ...(COUNTS_RETRIES.has(state.Type) && { RetryCount: visit.retryCount }),
    },
    ...(visit.token !== undefined && { Task: { Token: visit.token } }),
    ...(item !== undefined && { Map: { Item: item } }),
  };
  return run.probe === undefined ? context : run.probe.context(context);
}

/** A failure's cause, introduced as the service does. */
export function inState(visit: Visit, text: string): string {
  return `An error occurred while executing the state '${visit.name}' (entered at the event id #${visit.enteredId}). ${text}`;
}

/** What had begun inside the state, for the attempt that goes on with it: those after it begin anew. */
export function takeInside(visit: Visit): Inside | undefined {
  const { inside } = visit;
  visit.inside = undefined;
  return inside;
}
