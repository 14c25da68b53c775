import type { Json, JsonObject } from '../json/value.ts';
import type { ExpressionBounds } from '../jsonata/bounds.ts';
import type { ChildExecution, MapRun, MapRunDescription } from './map-run.ts';

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
  /** The role of its `Credentials`, where it names one: another account's, with which the call is made. */
  readonly roleArn?: string;
  /** 0 for the first attempt of this entry into the state. */
  readonly attempt: number;
  /** The context object, as `$states.context` shows it to this state. */
  readonly context: JsonObject;
  /**
   * A Map's `ItemReader` asks, not a Task: the result is what it goes over, a list or an object; of a list of objects that it lists
   * (`s3:listObjectsV2`) the entries themselves. What `readerConfig` says is the handler's to follow, but for `MaxItems`.
   */
  readonly reads?: true;
  /** The `ReaderConfig` of the `ItemReader`, computed; `MaxItemsPath` has become `MaxItems`. */
  readonly readerConfig?: JsonObject;
  /** A Map's `ResultWriter` asks, not a Task: to put one of its files. The arguments are `{Bucket, Key, Body}`, the body a text. */
  readonly writes?: true;
  /** For `.waitForTaskToken` and activities. */
  readonly token?: string;
  /** Aborted when nobody waits for the reply any more: the task timed out, a sibling branch failed, the execution was stopped. */
  readonly signal: AbortSignal;
  /** Says that the work is alive: starts `HeartbeatSeconds` anew. */
  heartbeat(): void;
  /**
   * Says that a worker has taken the work of an activity: records `ActivityStarted`. Where nobody says so, the event stands right before
   * the one that says how the work ended, and is missing where time ran out. Nothing for tasks that are no activities.
   */
  started(details?: { readonly workerName?: string }): void;
  /**
   * Says that the service has taken the job of a `.sync`, and what it answered: records `TaskSubmitted` with it, by which the history knows
   * the job's id. Where nobody says so, the event stands, without an answer, right before the one that says how the job ended or that time ran
   * out, and is missing where nobody waits any more. Nothing for other calls, and for a reply that is there at once.
   */
  submitted(answer: Json): void;
}

/** How an attempt ended. `durationSeconds` (default 0) passes on the interpreter's clock before the reply arrives. */
export type TaskReply =
  | {
      readonly result: Json;
      readonly durationSeconds?: number;
      /** To a Map that reads: where the items came from, in their order, for `Map.Item.Source`. Default: what the arguments name. */
      readonly sources?: readonly ItemSource[];
    }
  | {
      /** To a Map that reads, in place of a result: its items as a stream, where they are too many to be held. */
      readonly items: ItemStream;
      readonly durationSeconds?: number;
    }
  | {
      /** Undefined only of work that failed by a task token and does not say why. */
      readonly error: string | undefined;
      readonly cause?: string;
      readonly durationSeconds?: number;
      /**
       * What failed, where it was not the work: it could not be scheduled, not be started, or the service did not take it. The history
       * then says `…ScheduleFailed`, `…StartFailed` or `TaskSubmitFailed`, as far as there is such an event for the resource.
       */
      readonly failed?: 'schedule' | 'start' | 'submit';
    };

/** So many items of a dataset came from there, as `S3://bucket/key`. */
export interface ItemSource {
  readonly source: string;
  readonly items: number;
}

/**
 * Items that are read a lot at a time, so that a Map over a million of them needs the memory of a few. An `ItemSelector` is then
 * computed when its item's turn comes, and a redrive reads the dataset again. What cannot be read throws an `Unreadable`.
 */
export interface ItemStream {
  /** How many there are, where that is known without reading them; else they are read twice, the first time to count them. */
  readonly total?: number;
  /** Reads them from the first one on; called anew for each reading, which must give the same items. */
  read(): AsyncIterable<ItemLot>;
}

/** Some items of a dataset, one after the other. */
export interface ItemLot {
  readonly items: readonly Json[];
  /** Where they come from, as `S3://bucket/key`. Default: what the reader's arguments name. */
  readonly source?: string;
}

/** Runs one attempt. A handler that throws is a defect of the handler and ends the interpretation. */
export type TaskHandler = (call: TaskCall) => TaskReply | Promise<TaskReply>;

export interface InterpretOptions {
  readonly input?: Json;
  readonly clock: Clock;
  /** In [0, 1): jitter, `$random`, `$uuid`, `States.UUID`, ids. */
  readonly random: () => number;
  readonly tasks: TaskHandler;
  /** The execution's name; default what `executionArn` ends with, else made from `random`. */
  readonly name?: string;
  /** The state machine's name, in ARNs and in the context object; default what `stateMachineArn` ends with, else `StateMachine`. */
  readonly machineName?: string;
  /** The execution's ARN: its id in the context object, and what the names of children and Map runs are made from. */
  readonly executionArn?: string;
  /** The state machine's ARN, without version or alias: its id in the context object. */
  readonly stateMachineArn?: string;
  /** The version and the alias that the execution was started with, in the first event. */
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  /** The ARN of the role, in the context object and the first event. */
  readonly roleArn?: string;
  /** Aborting it ends the execution as ABORTED. A reason `{error?, cause?}`, as StopExecution takes them, stands in its end. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: HistoryEvent) => void;
  /** What the evaluation of one JSONata expression may take before it fails with a timeout. */
  readonly expressionBounds?: ExpressionBounds;
  /**
   * `false`: events go to `onEvent` alone, and `events` in the answer is empty. What is kept then is linear in what is alive, not in what
   * has run. The limit of the history counts all the same.
   */
  readonly keepEvents?: boolean;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Goes on with an execution that ended without success, or whose interpreter died. `input` is then not looked at. */
  readonly redrive?: Redrive;
  /**
   * Told of a distributed Map's run when it starts, when its items are known, and when its status changes. It is one and the same object for the whole
   * execution: its counts are those of the moment in which they are read, and its `update` is UpdateMapRun.
   */
  readonly onMapRun?: (mapRun: MapRun) => void;
  /**
   * Told of each child execution of a distributed Map when it starts, and once more when it ends; and, when the Map run ends without
   * success, of those that were never started (`PENDING`). A record is plain data and is not changed later.
   */
  readonly onChildExecution?: (child: ChildExecution) => void;
  /** Told of the events of child executions; their ids count for each child. Nothing of them is kept. */
  readonly onChildEvent?: (executionArn: string, event: HistoryEvent) => void;
}

/**
 * What is known of an execution that is to go on where it stood: its history, from which alone is derived what each branch had done.
 * It is recorded by this interpreter, whole or cut off anywhere (the server was killed), or by the service (GetExecutionHistory with
 * its execution data). Whoever redrives has checked that it may be: FAILED, ABORTED or TIMED_OUT for at most 14 days, fewer than 24,999
 * events, Standard.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export interface Redrive {
  /** All events so far, those of earlier redrives included, in order of their ids. Timestamps in milliseconds. */
  readonly events: readonly HistoryEvent[];
  /** The how manieth redrive it is, from 1: `RedriveCount` of the context object and `redriveCount` of the event. */
  readonly count: number;
  /**
   * The children of a Map run, the latest record of each, in any order. Succeeded ones are not run again; where this is missing, or has
   * nothing of a child, that child runs from its first state.
   */
  readonly children?: (mapRunArn: string) => Iterable<ChildExecution>;
  /** What a Map run's `describe()` said last. Where the records hold all its items, pending ones too, its dataset is not read again. */
  readonly mapRun?: (mapRunArn: string) => MapRunDescription | undefined;
  /** The history of a Standard child that did not succeed; without it the child runs from its first state. */
  readonly childEvents?: (executionArn: string) => readonly HistoryEvent[];
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
