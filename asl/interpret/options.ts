import type { Json, JsonObject } from '../json.ts';

/** Time as the interpreter knows it, injected. All times are milliseconds since the epoch. */
export interface Clock {
  /** Time that jumps: while a reply is being waited for, the interpreter lets none of it pass. */
  readonly virtual?: boolean;
  now(): number;
  /**
   * Resolves when `now()` has reached `at`, or at once when `wake` resolves first. A virtual clock jumps. The interpreter calls it only
   * when every branch is blocked: on a timer, on a task's reply, or on both.
   */
  sleepUntil(at: number, wake: Promise<unknown>): Promise<void>;
}

/** One attempt of a Task state, handed to whatever stands for the services. */
export interface TaskCall {
  readonly state: string;
  readonly resource: string;
  readonly arguments: Json;
  /** 0 for the first attempt of this entry into the state. */
  readonly attempt: number;
  /** The context object, as `$states.context` shows it to this state. */
  readonly context: JsonObject;
  /** A Map's `ItemReader` asks, not a Task: the result is what it goes over. */
  readonly reads?: true;
  /** For `.waitForTaskToken`. */
  readonly token?: string;
  /** Aborted when nobody waits for the reply any more: the task timed out, a sibling branch failed, the execution was stopped. */
  readonly signal: AbortSignal;
  /** Says that the work is alive: starts `HeartbeatSeconds` anew. */
  heartbeat(): void;
}

/** How an attempt ended. `durationSeconds` (default 0) passes on the interpreter's clock before the reply arrives. */
export type TaskReply =
  | { readonly result: Json; readonly durationSeconds?: number }
  | { readonly error: string; readonly cause?: string; readonly durationSeconds?: number };

/** Runs one attempt. A handler that throws is a defect of the handler and ends the interpretation. */
export type TaskHandler = (call: TaskCall) => TaskReply | Promise<TaskReply>;

export interface InterpretOptions {
  readonly input?: Json;
  readonly clock: Clock;
  /** In [0, 1): jitter, `$random`, `$uuid`, `States.UUID`, ids. */
  readonly random: () => number;
  readonly tasks: TaskHandler;
  /** The execution's name; default made from `random`. */
  readonly name?: string;
  /** The state machine's name, in ARNs and in the context object; default `StateMachine`. */
  readonly machineName?: string;
  /** The ARN of the role, in the context object and the first event. */
  readonly roleArn?: string;
  /** Aborting it ends the execution as ABORTED. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: HistoryEvent) => void;
  readonly type?: 'STANDARD' | 'EXPRESS';
}

/**
 * GetExecutionHistory's event: `id` from 1, `previousEventId`, `timestamp` (ms), `type`, and the details under the name that the API
 * gives them (`stateEnteredEventDetails` …). `name` is the state's, flat, on entries and exits.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly name?: string;
  readonly [details: string]: unknown;
}

export type ExecutionStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface Execution {
  readonly status: ExecutionStatus;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly startedAt: number;
  readonly stoppedAt: number;
  readonly events: readonly HistoryEvent[];
}
