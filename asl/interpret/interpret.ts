import { checkArguments, machineArgument } from '../arguments.ts';
import { type Past, pastOf } from '../history/position.ts';
import { isObject, type Json } from '../json/value.ts';
import { LIMITS } from '../language/limits.ts';
import type { StateMachine } from '../language/types.ts';
import { checkMachine } from '../validate/machine-shape.ts';
import type { Flow } from './flow.ts';
import { EXECUTION_STARTED, EXECUTION_SUCCEEDED, History, type Trail } from './history.ts';
import { identityOf } from './identity.ts';
import type { Execution, InterpretOptions } from './options.ts';
import { runStates } from './run-states.ts';
import { Scheduler } from './scheduler.ts';
import { Scope } from './scope.ts';
import { ExecutionEnd, StateFailure } from './state-failure.ts';
import { errorOf } from './task-events.ts';
import type { Run } from './visit.ts';

/**
 * Runs a state machine as Step Functions would, with a clock, a source of randomness and a handler of tasks that are given to it.
 * A machine that could not be run is refused; beyond that it is taken as valid (asl/validate says whether it is). The same machine,
 * input, clock, randomness and replies give the same execution, to the last event. Rejects only where a handler throws, a history that is
 * to be redriven is none, or an argument is of another kind: whatever the machine does is in the answer.
 *
 * @example
 * ```ts
 * const machine = { StartAt: 'greet', States: { greet: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } } } as const;
 * const { status, output, events } = await interpret(machine, {
 *   clock: createVirtualClock(0),
 *   random: Math.random,
 *   tasks: (call) => ({ result: { greeted: call.arguments } }),
 *   input: { name: 'Ada' },
 * });
 * ```
 */
export async function interpret(machine: StateMachine, options: InterpretOptions): Promise<Execution> {
  checkArguments(machineArgument('interpret(…)', machine), {
    name: 'interpret(…): its options',
    wanted: 'an object with a `clock`, a function `random` and a function `tasks`',
    fits: () =>
      isObject(options) &&
      typeof options.random === 'function' &&
      typeof options.tasks === 'function' &&
      typeof options.clock.now === 'function' &&
      typeof options.clock.sleepUntil === 'function',
  });
  checkMachine(machine);
  const { clock, signal, redrive } = options;
  const past = redrive === undefined ? undefined : pastOf(machine, redrive.events);
  const input = past?.input ?? options.input ?? {};
  const startedAt = past?.startedAt ?? clock.now();
  const run = createRun(machine, options, input, startedAt);
  const { scheduler } = run;
  const trail: Trail = { last: 0 };
  let end: Ending | undefined;
  const work = runStates({ run, trail, scope: new Scope() }, machine, input, past?.position);
  const main = scheduler.spawn(
    toItsEnd(work, (ending) => {
      end = ending;
    }),
  );
  const stop = (reason: ExecutionEnd) => () => {
    run.over = true;
    throw reason;
  };
  const timeOut = stop(new ExecutionEnd('TIMED_OUT'));
  const longest = options.type === 'EXPRESS' ? LIMITS.expressSeconds : LIMITS.executionSeconds;
  scheduler.endAt(startedAt + longest * 1000, timeOut);
  // Anew when redriven.
  if (machine.TimeoutSeconds !== undefined) scheduler.at(clock.now() + machine.TimeoutSeconds * 1000, timeOut);
  const abort = () => scheduler.post(stop(abortedBy(signal)));
  begin(run, trail, options, past);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    await scheduler.run(main);
  } catch (error) {
    if (!(error instanceof ExecutionEnd)) throw error;
    end = error;
  } finally {
    run.over = true;
    scheduler.cancel(main);
    signal?.removeEventListener('abort', abort);
  }
  return finish(run, trail, end as Ending, startedAt);
}

/** What an execution ends with: its output, or why it has none. */
type Ending = Json | StateFailure | ExecutionEnd;

function* toItsEnd(work: Flow<Json>, tell: (ending: Ending) => void): Flow<void> {
  try {
    tell(yield* work);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    tell(error);
  }
}

/** Records the event that an execution ends with; answers how it went. */
function finish({ history, scheduler }: Run, trail: Trail, ending: Ending, startedAt: number): Execution {
  const times = { startedAt, stoppedAt: scheduler.clock.now() };
  if (ending instanceof StateFailure || ending instanceof ExecutionEnd) {
    const status = ending instanceof ExecutionEnd ? ending.status : 'FAILED';
    const failure = errorOf(ending);
    const kind = { FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[status];
    history.record(trail, `Execution${kind}`, { [`execution${kind}EventDetails`]: failure });
    return withEvents({ status, ...failure, ...times }, history);
  }
  history.recordKind(trail, EXECUTION_SUCCEEDED, ending, undefined);
  return withEvents({ status: 'SUCCEEDED', output: ending, ...times }, history);
}

const HISTORY = Symbol('history');
/** The events are made when somebody reads them. One getter for all executions: the engine makes a hidden class for each getter. */
const EVENTS: PropertyDescriptor & ThisType<{ readonly [HISTORY]: History }> = {
  enumerable: true,
  configurable: true,
  get() {
    return this[HISTORY].events;
  },
};

function withEvents(execution: Omit<Execution, 'events'>, history: History): Execution {
  Object.defineProperty(execution, HISTORY, { value: history });
  return Object.defineProperty(execution, 'events', EVENTS) as Execution;
}

/** Records the event that an execution begins with, or begins again. */
function begin(run: Run, trail: Trail, options: InterpretOptions, past: Past | undefined): void {
  if (past !== undefined) {
    trail.last = past.last;
    run.history.record(trail, 'ExecutionRedriven', {
      executionRedrivenEventDetails: { redriveCount: options.redrive?.count },
    });
    return;
  }
  const { stateMachineVersionArn, stateMachineAliasArn } = options;
  run.history.recordKind(trail, EXECUTION_STARTED, run.execution.Input as Json, {
    roleArn: run.execution.RoleArn,
    ...(stateMachineVersionArn !== undefined && { stateMachineVersionArn }),
    ...(stateMachineAliasArn !== undefined && { stateMachineAliasArn }),
  });
  // The first state follows no event.
  trail.last = 0;
}

/** What StopExecution was given, where the signal's reason is such. */
function abortedBy(signal: AbortSignal | undefined): ExecutionEnd {
  const reason: unknown = signal?.reason;
  if (typeof reason !== 'object' || reason === null || reason instanceof Error) return new ExecutionEnd('ABORTED');
  const { error, cause } = reason as { readonly error?: string; readonly cause?: string };
  return new ExecutionEnd('ABORTED', error, cause);
}

/** The execution that was asked for: it says itself when it is over. */
export type MainRun = Omit<Run, 'over'> & { over: boolean };

/** An execution that is about to begin. */
export function createRun(machine: StateMachine, options: InterpretOptions, input: Json, startedAt: number): MainRun {
  const { clock, random, tasks, redrive } = options;
  return {
    ...identityOf(options, input, startedAt),
    scheduler: new Scheduler(clock),
    history: new History({
      clock,
      type: options.type ?? 'STANDARD',
      onEvent: options.onEvent,
      keep: options.keepEvents !== false,
      before: redrive?.events,
    }),
    random,
    tasks,
    watchers: options,
    redrive,
    language: machine.QueryLanguage ?? 'JSONPath',
    expressionBounds: options.expressionBounds,
    over: false,
  };
}
