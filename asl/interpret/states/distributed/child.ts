import { pastOf } from '../../../history/position.ts';
import type { Json, JsonObject } from '../../../json/value.ts';
import { LIMITS } from '../../../language/limits.ts';
import type { MapState, States } from '../../../language/types.ts';
import { isoTimestamp } from '../../clocks.ts';
import { type Flow, PARK } from '../../flow.ts';
import { EXECUTION_STARTED, EXECUTION_SUCCEEDED, History, type Trail } from '../../history.ts';
import type { ChildExecution } from '../../map-run.ts';
import type { HistoryEvent } from '../../options.ts';
import { runStates } from '../../run-states.ts';
import type { Fiber, Scheduler } from '../../scheduler.ts';
import { Scope } from '../../scope.ts';
import { ExecutionEnd, StateFailure } from '../../state-failure.ts';
import { errorOf } from '../../task-events.ts';
import type { Run, Visit } from '../../visit.ts';
import { type Planned, processorOf } from './children.ts';

/**
 * Runs a child execution to its end, however that is. `tell` is told of it when it starts and when it has ended. It reads no variable
 * of the machine's.
 */
export function* runChild(
  visit: Visit<MapState>,
  planned: Planned,
  family: Family,
  tell: (child: ChildExecution) => void,
): Flow<void> {
  const { clock } = visit.run.scheduler;
  const processor = processorOf(visit.state) as States;
  const before = planned.events;
  const past = before === undefined ? undefined : pastOf(processor, before);
  const record = begun(planned.record, clock.now(), past !== undefined);
  const trail: Trail = { last: 0 };
  const run = new ChildRun(family, record, before);
  const { history } = run;
  tell(record);
  if (past === undefined) {
    history.recordKind(trail, EXECUTION_STARTED, record.input, { roleArn: run.execution.RoleArn });
    trail.last = 0;
  } else {
    trail.last = past.last;
    history.record(trail, 'ExecutionRedriven', {
      executionRedrivenEventDetails: { redriveCount: record.redriveCount },
    });
  }
  let ended = false;
  const end = (how: Pick<ChildExecution, 'status' | 'output' | 'error' | 'cause'>) => {
    ended = true;
    const kind = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[
      how.status as 'SUCCEEDED'
    ];
    if (how.output !== undefined) history.recordKind(trail, EXECUTION_SUCCEEDED, how.output, undefined);
    else history.record(trail, `Execution${kind}`, { [`execution${kind}EventDetails`]: errorOf(how) });
    tell({ ...record, ...how, stopDate: clock.now() });
  };
  try {
    const work = runStates({ run, trail, scope: new Scope() }, processor, record.input, past?.position);
    const output = yield* record.type === 'EXPRESS' ? limited(run, work) : work;
    end({ status: 'SUCCEEDED', output });
  } catch (error) {
    if (error instanceof StateFailure) end({ status: 'FAILED', ...errorOf(error) });
    else if (error instanceof ExecutionEnd) end({ status: error.status, ...errorOf(error) });
    else throw error;
  } finally {
    if (!ended) end({ status: 'ABORTED' });
  }
}

/** The record of a child that starts now, or is redriven. */
function begun(record: ChildExecution, now: number, resumes: boolean): ChildExecution {
  if (record.status === 'PENDING') return { ...record, status: 'RUNNING', startDate: now };
  const { stopDate: _stop, output: _output, error: _error, cause: _cause, ...kept } = record;
  return {
    ...kept,
    status: 'RUNNING',
    startDate: resumes ? (record.startDate ?? now) : now,
    redriveCount: record.redriveCount + 1,
    // Express children are started anew: of them it is not known.
    ...(record.type === 'STANDARD' && { redriveDate: now }),
  };
}

/** An Express execution may take five minutes. */
function limited(run: Run, work: Flow<Json>): Flow<Json> {
  return new TimeLimit(run.scheduler, LIMITS.expressSeconds).run(work);
}

/** Work that ends as TIMED_OUT when it has taken so many seconds. */
class TimeLimit {
  readonly #scheduler: Scheduler;
  readonly #seconds: number;
  readonly #waiting: Fiber;
  #output: Json | undefined;
  #failure: unknown;
  #done = false;
  #late = false;

  constructor(scheduler: Scheduler, seconds: number) {
    this.#scheduler = scheduler;
    this.#seconds = seconds;
    this.#waiting = scheduler.current;
  }

  *run(work: Flow<Json>): Flow<Json> {
    const { clock } = this.#scheduler;
    const fiber = this.#scheduler.spawn(this.#work(work));
    const timer = this.#scheduler.at(clock.now() + this.#seconds * 1000, () => {
      this.#late = true;
      this.#scheduler.wake(this.#waiting);
    });
    try {
      while (!this.#done && !this.#late) yield PARK;
    } finally {
      timer.cancelled = true;
      this.#scheduler.cancel(fiber);
    }
    if (!this.#done) throw new ExecutionEnd('TIMED_OUT');
    if (this.#failure !== undefined) throw this.#failure;
    return this.#output as Json;
  }

  *#work(work: Flow<Json>): Flow<void> {
    try {
      this.#output = yield* work;
    } catch (error) {
      this.#failure = error;
    }
    this.#done = true;
    this.#scheduler.wake(this.#waiting);
  }
}

/** What the children of a Map run have in common. */
export interface Family {
  readonly parent: Run;
  /** What the context object says of their state machine. */
  readonly stateMachine: JsonObject;
  /** The Map run is being ended: what its children are cancelled in leaves no trace. */
  closing: boolean;
}

/** The run of a child. A class, since there may be very many of them. */
class ChildRun implements Run {
  readonly scheduler: Run['scheduler'];
  readonly history: History;
  readonly random: Run['random'];
  readonly tasks: Run['tasks'];
  readonly language: Run['language'];
  readonly expressionBounds: Run['expressionBounds'];
  readonly execution: JsonObject;
  readonly stateMachine: JsonObject;
  readonly region: string;
  readonly watchers: Run['watchers'];
  readonly redrive: Run['redrive'];
  readonly #family: Family;

  /** @param before the events that a redriven one goes on after. */
  constructor(family: Family, child: ChildExecution, before: readonly HistoryEvent[] | undefined) {
    const { parent, stateMachine } = family;
    this.#family = family;
    this.scheduler = parent.scheduler;
    this.random = parent.random;
    this.tasks = parent.tasks;
    this.language = parent.language;
    this.expressionBounds = parent.expressionBounds;
    this.region = parent.region;
    this.watchers = parent.watchers;
    this.redrive = parent.redrive;
    this.stateMachine = stateMachine;
    const { onChildEvent } = parent.watchers;
    this.history = new History({
      clock: parent.scheduler.clock,
      type: child.type,
      keep: false,
      before,
      onEvent: onChildEvent && ((event) => onChildEvent(child.executionArn, event)),
    });
    const execution: { [field: string]: JsonObject[string] } = {
      Id: child.executionArn,
      Input: child.input,
      StartTime: isoTimestamp(child.startDate as number),
      Name: child.name,
      RoleArn: parent.execution.RoleArn as string,
      RedriveCount: child.redriveCount,
    };
    if (child.redriveDate !== undefined) execution.RedriveTime = isoTimestamp(child.redriveDate);
    this.execution = execution;
  }

  get over(): boolean {
    return this.#family.closing || this.#family.parent.over;
  }
}
