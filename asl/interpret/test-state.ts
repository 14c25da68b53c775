import type { State } from '../language/types.ts';
import { StateFailure } from './state-failure.ts';
import { errorOf } from './task-events.ts';
import { checkRequest, checkTypes } from './test-state/check-request.ts';
import { httpExchange } from './test-state/http-exchange.ts';
import { Inspection, WouldRetry } from './test-state/inspection.ts';
import { checkMockedResult } from './test-state/mocked-result.ts';
import type { TestStateRequest, TestStateResponse, TestStateWorld } from './test-state/request.ts';
import { type End, runAlone } from './test-state/run-alone.ts';
import { findState } from './test-state/subject.ts';
import { readTexts } from './test-state/texts.ts';

export type { InspectionData, TestStateRequest, TestStateResponse, TestStateWorld } from './test-state/request.ts';
export { TestStateRefusal } from './test-state/request.ts';

/**
 * Tests one state as Step Functions' TestState does: the state's own runner runs it, watched by a probe that also stands in for what
 * would run inside a Parallel or a Map.
 *
 *     find the state ─▶ check what the API refuses ─▶ run the state, watched ─▶ how it ended, and what was seen
 *
 * Rejects with a `TestStateRefusal`, which names the API's exception, where the API refuses the request.
 *
 * @example
 * ```ts
 * const { status, output } = await testState({
 *   definition: JSON.stringify({ Type: 'Wait', QueryLanguage: 'JSONata', Seconds: '{% $states.input.n %}', End: true }),
 *   input: '{ "n": 1 }',
 *   clock: createVirtualClock(0),
 *   random: Math.random,
 *   tasks: () => ({ result: {} }),
 * });
 * ```
 */
export async function testState(request: TestStateRequest & TestStateWorld): Promise<TestStateResponse> {
  checkTypes(request);
  const subject = findState(request.definition, request.stateName);
  checkRequest(request, subject);
  const texts = readTexts(request);
  await checkMockedResult(request.mock, texts.result, subject.state);
  const inspection = new Inspection(request, subject, texts);
  const end = await runAlone(request, inspection, subject, texts);
  return answer(end, inspection, request, subject.state);
}

function answer(end: End, inspection: Inspection, request: TestStateRequest, state: State): TestStateResponse {
  const { inspectionLevel = 'INFO' } = request;
  const { data, caughtFailure } = inspection;
  if (inspectionLevel === 'TRACE') Object.assign(data, httpExchange(request, state, data));
  const seen = inspectionLevel === 'INFO' ? {} : { inspectionData: data };
  if (end instanceof WouldRetry) return { ...errorOf(end.failure), ...seen, status: 'RETRIABLE' };
  if (end instanceof StateFailure) return { ...errorOf(end), ...seen, status: 'FAILED' };
  return {
    output: JSON.stringify(end.output),
    ...(caughtFailure !== undefined && errorOf(caughtFailure)),
    ...seen,
    ...(end.next !== undefined && { nextState: end.next }),
    status: caughtFailure === undefined ? 'SUCCEEDED' : 'CAUGHT_ERROR',
  };
}
