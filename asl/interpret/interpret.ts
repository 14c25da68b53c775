import type { Json } from '../json.ts';
import { uuidFrom } from '../jsonata/index.ts';
import { LIMITS } from '../limits.ts';
import type { StateMachine } from '../types.ts';
import type { Flow } from './flow.ts';
import { createHistory, type Trail, withInput, withOutput } from './history.ts';
import type { Execution, InterpretOptions } from './options.ts';
import { runStates } from './run-states.ts';
import { Scheduler } from './scheduler.ts';
import { Scope } from './scope.ts';
import { ExecutionEnd, StateFailure } from './state-failure.ts';
import { errorOf } from './task-resource.ts';
import type { Run } from './visit.ts';

const PARTITION = 'arn:aws:states:us-east-1:123456789012';

/**
 * Runs a state machine as Step Functions would, with a clock, a source of randomness and a handler of tasks that are given to it.
 * The machine is taken as valid (asl/validate says whether it is). The same machine, input, clock, randomness and replies give the
 * same execution, to the last event. Rejects only where a handler throws: whatever the machine does is in the answer.
 */
export async function interpret(machine: StateMachine, options: InterpretOptions): Promise<Execution> {
  const { clock, signal } = options;
  const scheduler = new Scheduler(clock);
  const history = createHistory(clock, options.onEvent, options.type ?? 'STANDARD');
  const trail: Trail = { last: 0 };
  const input = options.input ?? {};
  const startedAt = clock.now();
  const run = createRun(machine, options, input, startedAt, scheduler, history);
  let end: Json | StateFailure | ExecutionEnd | undefined;
  const main = scheduler.spawn(
    (function* (): Flow<void> {
      try {
        end = yield* runStates({ run, trail, scope: new Scope() }, machine, input);
      } catch (error) {
        if (!(error instanceof StateFailure)) throw error;
        end = error;
      }
    })(),
  );
  const stop = (reason: ExecutionEnd) => () => {
    run.over = true;
    throw reason;
  };
  const timeOut = stop(new ExecutionEnd('TIMED_OUT'));
  const longest = options.type === 'EXPRESS' ? LIMITS.expressSeconds : LIMITS.executionSeconds;
  scheduler.endAt(startedAt + longest * 1000, timeOut);
  if (machine.TimeoutSeconds !== undefined) scheduler.at(startedAt + machine.TimeoutSeconds * 1000, timeOut);
  const abort = () => scheduler.post(stop(new ExecutionEnd('ABORTED')));
  history.record(trail, 'ExecutionStarted', {
    executionStartedEventDetails: withInput(input, { roleArn: run.execution.RoleArn }),
  });
  // The first state follows no event.
  trail.last = 0;
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
  return finish(end, startedAt);

  function finish(ending: typeof end, begun: number): Execution {
    const times = { startedAt: begun, stoppedAt: clock.now() };
    if (ending instanceof StateFailure || ending instanceof ExecutionEnd) {
      const status = ending instanceof ExecutionEnd ? ending.status : 'FAILED';
      const failure = errorOf(ending);
      const kind = { FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[status];
      history.record(trail, `Execution${kind}`, { [`execution${kind}EventDetails`]: failure });
      return { status, ...failure, ...times, events: history.events };
    }
    const output = ending as Json;
    history.record(trail, 'ExecutionSucceeded', { executionSucceededEventDetails: withOutput(output) });
    return { status: 'SUCCEEDED', output, ...times, events: history.events };
  }
}

function createRun(
  machine: StateMachine,
  options: InterpretOptions,
  input: Json,
  startedAt: number,
  scheduler: Scheduler,
  history: ReturnType<typeof createHistory>,
): Run {
  const {
    random,
    tasks,
    machineName = 'StateMachine',
    roleArn = 'arn:aws:iam::123456789012:role/StateMachine',
  } = options;
  const name = options.name ?? uuidFrom(random);
  return {
    scheduler,
    history,
    random,
    tasks,
    language: machine.QueryLanguage ?? 'JSONPath',
    execution: {
      Id: `${PARTITION}:execution:${machineName}:${name}`,
      Input: input,
      StartTime: new Date(startedAt).toISOString(),
      Name: name,
      RoleArn: roleArn,
      RedriveCount: 0,
    },
    stateMachine: { Id: `${PARTITION}:stateMachine:${machineName}`, Name: machineName },
    over: false,
  };
}
