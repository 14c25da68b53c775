import type { State } from '../types.ts';
import { StateFailure } from './state-failure.ts';
import { errorOf } from './task-resource.ts';
import { checkRequest } from './test-state/check-request.ts';
import { checkMockedResult } from './test-state/check-result.ts';
import { checkTypes } from './test-state/check-types.ts';
import { findState } from './test-state/find-state.ts';
import { httpExchange } from './test-state/http-exchange.ts';
import { Inspection, WouldRetry } from './test-state/inspection.ts';
import { readTexts } from './test-state/read-texts.ts';
import { type End, runAlone } from './test-state/run-alone.ts';
import type { TestStateRequest, TestStateResponse, TestStateWorld } from './test-state/types.ts';

export { TestStateRefusal } from './test-state/refusal.ts';
export type { InspectionData, TestStateRequest, TestStateResponse, TestStateWorld } from './test-state/types.ts';

/**
 * Tests one state as Step Functions' TestState does: the state's own runner runs it, watched by a probe that also stands in for what
 * would run inside a Parallel or a Map.
 *
 *     find the state ─▶ check what the API refuses ─▶ run the state, watched ─▶ how it ended, and what was seen
 *
 * Rejects with a `TestStateRefusal`, which names the API's exception, where the API refuses the request.
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
