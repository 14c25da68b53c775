import type { Json } from '../../json.ts';
import type { State } from '../../types.ts';
import { invalid } from './refusal.ts';
import type { TestStateRequest } from './types.ts';

/** Refuses a mocked result that the state could never have. */
export function checkMockedResult(mock: TestStateRequest['mock'], result: Json | undefined, state: State): void {
  if (mock?.result === undefined) return;
  const isArray = Array.isArray(result);
  if (state.Type === 'Parallel') {
    if (!isArray) throw invalid('Mocked result must be an array.');
    if (result.length !== state.Branches.length)
      throw invalid(
        `Mocked result must have one element for each branch: the state has ${state.Branches.length}, the result ${result.length}.`,
      );
  } else if (state.Type === 'Map') {
    if (state.ResultWriter === undefined && !isArray) throw invalid('Mocked result must be an array.');
    if (state.ResultWriter !== undefined && (isArray || typeof result !== 'object' || result === null))
      throw invalid('Mocked result must be a JSON object.');
  }
}
