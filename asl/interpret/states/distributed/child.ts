import type { Json } from '../../../json.ts';
import { LIMITS } from '../../../limits.ts';
import type { MapState, States } from '../../../types.ts';
import { EXECUTION_STARTED, EXECUTION_SUCCEEDED } from '../../execution-events.ts';
import { type Flow, PARK } from '../../flow.ts';
import { createHistory, type Trail } from '../../history.ts';
import type { ChildExecution } from '../../map-run.ts';
import { pastOf } from '../../redrive/past.ts';
import { runStates } from '../../run-states.ts';
import type { Fiber } from '../../scheduler.ts';
import { Scope } from '../../scope.ts';
import { ExecutionEnd, StateFailure } from '../../state-failure.ts';
import { errorOf } from '../../task-resource.ts';
import { isoTimestamp } from '../../timestamp.ts';
import type { Run, Visit } from '../../visit.ts';
import { type Planned, processorOf } from './plan.ts';

/** Whether the Map run is being ended: what its children are cancelled in leaves no trace. */
export interface Closing {
  closing: boolean;
}

/**
 * Runs a child execution to its end, however that is. `tell` is told of it when it starts and when it has ended. It reads no variable
 * of the machine's.
 */
export function* runChild(
  visit: Visit<MapState>,
  planned: Planned,
  mapRun: Closing,
  tell: (child: ChildExecution) => void,
): Flow<void> {
  const { run: parent } = visit;
  const { clock } = parent.scheduler;
  const processor = processorOf(visit.state) as States;
  const before = planned.events;
  const past = before === undefined ? undefined : pastOf(processor, before);
  const record = begun(planned.record, clock.now(), past !== undefined);
  const trail: Trail = { last: 0 };
  const run = childRun(parent, planned, record, mapRun);
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
  const { stopDate: _stop, output: _output, error: _error, cause: _cause, ...kept } = record;
  if (record.status === 'PENDING') return { ...kept, status: 'RUNNING', startDate: now };
  return {
    ...kept,
    status: 'RUNNING',
    startDate: resumes ? (record.startDate ?? now) : now,
    redriveCount: record.redriveCount + 1,
    // Express children are started anew: of them it is not known.
    ...(record.type === 'STANDARD' && { redriveDate: now }),
  };
}

function childRun(parent: Run, { events }: Planned, record: ChildExecution, mapRun: Closing): Run {
  const { onChildEvent } = parent.watchers;
  const { executionArn, stateMachineArn, redriveDate } = record;
  const { RedriveTime: _, ...outer } = parent.execution;
  return {
    ...parent,
    history: createHistory({
      clock: parent.scheduler.clock,
      type: record.type,
      keep: false,
      before: events,
      ...(onChildEvent !== undefined && { onEvent: (event) => onChildEvent(executionArn, event) }),
    }),
    execution: {
      ...outer,
      Id: executionArn,
      Input: record.input,
      Name: record.name,
      StartTime: isoTimestamp(record.startDate as number),
      RedriveCount: record.redriveCount,
      ...(redriveDate !== undefined && { RedriveTime: isoTimestamp(redriveDate) }),
    },
    stateMachine: { Id: stateMachineArn, Name: stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1) },
    get over() {
      return mapRun.closing || parent.over;
    },
  };
}

/** An Express execution may take five minutes. */
function* limited(run: Run, work: Flow<Json>): Flow<Json> {
  const { scheduler } = run;
  const me = scheduler.current;
  let output: Json | undefined;
  let failure: unknown;
  let done = false;
  let late = false;
  const fiber: Fiber = scheduler.spawn(
    (function* () {
      try {
        output = yield* work;
      } catch (error) {
        failure = error;
      }
      done = true;
      scheduler.wake(me);
    })(),
  );
  const timer = scheduler.at(scheduler.clock.now() + LIMITS.expressSeconds * 1000, () => {
    late = true;
    scheduler.wake(me);
  });
  try {
    while (!done && !late) yield PARK;
  } finally {
    timer.cancelled = true;
    scheduler.cancel(fiber);
  }
  if (!done) throw new ExecutionEnd('TIMED_OUT');
  if (failure !== undefined) throw failure;
  return output as Json;
}
