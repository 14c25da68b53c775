import type { Json } from '../../json.ts';
import type { State } from '../../types.ts';
import { checkFields } from './check-fields.ts';
import { invalid } from './refusal.ts';
import type { TestStateRequest } from './types.ts';

/** Refuses a mocked result that the state could never have. */
export async function checkMockedResult(
  mock: TestStateRequest['mock'],
  result: Json | undefined,
  state: State,
): Promise<void> {
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
  } else if (state.Type === 'Task' && mock.fieldValidationMode !== 'NONE') {
    await checkFields(state.Resource, result as Json, mock.fieldValidationMode ?? 'STRICT');
  }
}
