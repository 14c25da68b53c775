import { itemsInText, Unreadable } from '../../items/read-text.ts';
import type { Json, JsonObject } from '../../json/value.ts';
import type { State } from '../../language/types.ts';
import type { Flow } from '../flow.ts';
import { createRun } from '../interpret.ts';
import type { TaskHandler, TaskReply } from '../options.ts';
import { runStates } from '../run-states.ts';
import { Scope } from '../scope.ts';
import { ExecutionEnd, StateFailure } from '../state-failure.ts';
import type { Outcome } from '../visit.ts';
import { type Inspection, WouldRetry } from './inspection.ts';
import type { TestStateRequest, TestStateWorld } from './request.ts';
import type { Subject } from './subject.ts';
import type { Texts } from './texts.ts';

/** Seconds that a test may take. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
const MOST_SECONDS = 300;

/** How the state ended. */
export type End = Outcome | StateFailure | WouldRetry;

/** Runs the state and nothing after it. */
export async function runAlone(
  request: TestStateRequest & TestStateWorld,
  probe: Inspection,
  { name, state, machine }: Subject,
  texts: Texts,
): Promise<End> {
  const { clock, random, roleArn } = request;
  const { input } = texts;
  const tasks = tasksOf(request, texts, probe);
  const options = { clock, random, tasks, ...(roleArn !== undefined && { roleArn }) };
  const run = { ...createRun(machine, options, input, clock.now()), probe };
  const { scheduler } = run;
  const scope = new Scope();
  scope.assign(texts.variables);
  let end: End | undefined;
  const main = scheduler.spawn(
    (function* (): Flow<void> {
      try {
        const states = { StartAt: name, States: { [name]: withItems(state, request) } };
        yield* runStates({ run, trail: { last: 0 }, scope }, states, input);
        end = probe.outcome;
      } catch (error) {
        if (!(error instanceof StateFailure) && !(error instanceof WouldRetry)) throw error;
        end = error;
      }
    })(),
  );
  scheduler.endAt(clock.now() + MOST_SECONDS * 1000, () => {
    throw new ExecutionEnd('TIMED_OUT', 'States.Timeout');
  });
  try {
    await scheduler.run(main);
  } catch (error) {
    if (!(error instanceof ExecutionEnd)) throw error;
    end = new StateFailure(error.error, error.cause);
  } finally {
    run.over = true;
    scheduler.cancel(main);
  }
  const variables = scope.own();
  if (Object.keys(variables).length > 0) probe.data.variables = JSON.stringify(variables);
  return end as End;
}

/** A mock answers in place of the service; what an ItemReader reads is given, too. */
function tasksOf(
  { mock, tasks, stateConfiguration }: TestStateRequest & TestStateWorld,
  texts: Texts,
  { data }: Inspection,
): TaskHandler {
  if (mock === undefined) return tasks;
  const { error = '', cause } = mock.errorOutput ?? {};
  return (call) => {
    if (call.reads === true) {
      const items = readItems(stateConfiguration?.mapItemReaderData ?? '', call.readerConfig ?? {});
      if ('result' in items && call.readerConfig?.ItemsPointer !== undefined)
        data.afterItemsPointer = JSON.stringify(items.result);
      return items;
    }
    if (mock.errorOutput === undefined) return { result: texts.result as Json };
    return { error, ...(cause !== undefined && { cause }) };
  };
}

/** Without data for its ItemReader a Map goes over its input, as if that had been read. */
function withItems(state: State, { stateConfiguration }: TestStateRequest): State {
  if (state.Type !== 'Map' || stateConfiguration?.mapItemReaderData !== undefined) return state;
  const { ItemReader: _, ...rest } = state;
  return rest;
}

/** What an `ItemReader` would answer of the data that a test gives in place of its source. */
function readItems(text: string, config: JsonObject): TaskReply {
  try {
    return { result: itemsInText(text, config, 'mapItemReaderData') };
  } catch (error) {
    if (error instanceof Unreadable) return { error: 'States.ItemReaderFailed', cause: error.message };
    throw error;
  }
}
